import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { getQueue } from '../../shared/queues.ts'
import { assignTicket, createTicket, type TicketCardView } from '../../shared/tickets.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { until } from '../support/until.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let made = 0
const given = () =>
  desk.as('nora').call(createTicket, {
    body: {
      messageId: `<counted-${++made}@ada.example>`,
      subject: 'A lid',
      from: 'Ada Lovell <ada@ada.example>',
      sentAt: desk.clock.now().toISOString(),
      text: 'Three lids and no jar.',
    },
  })

const countsFor = async (who: StaffName) =>
  (await desk.as(who).call(getQueue, { params: { view: 'open' }, query: {} })).counts

const take = (who: StaffName, { id, version }: TicketCardView) =>
  desk.as(who).call(assignTicket, { params: { ticketId: id }, body: { assigneeId: desk.staff[who].id, version } })

test('whoever does something sees it counted at once, and so does everybody else', async () => {
  const ticket = await given()
  for (const who of ['nora', 'sam'] as const) expect(await countsFor(who)).toMatchObject({ open: 1, unassigned: 1 })
  await take('nora', ticket)
  for (const who of ['nora', 'sam'] as const) expect(await countsFor(who)).toMatchObject({ open: 1, unassigned: 0 })
  for (const next of [2, 3, 4]) {
    await given()
    expect(await countsFor('sam')).toMatchObject({ open: next, unassigned: next - 1, statuses: { new: next } })
  }
})

test('what everybody sees alike and what is their own stand side by side', async () => {
  await take('sam', await given())
  const [nora, sam] = [await countsFor('nora'), await countsFor('sam')]
  expect([nora.mine, sam.mine]).toEqual([1, 1])
  await take('sam', await given())
  expect([(await countsFor('nora')).mine, (await countsFor('sam')).mine]).toEqual([1, 2])
  expect((await countsFor('nora')).open).toBe((await countsFor('sam')).open)
})

test('what another process did is counted a moment later', async () => {
  const { open } = await countsFor('nora')
  const other = await ownerOf(desk.database)
  await other.query(
    `update desk.ticket set void_reason = 'spam' where id = (select id from desk.ticket where workspace_id = $1 limit 1)`,
    [desk.workspaceId],
  )
  await other.end()
  await until('the counts of a moment later', async () => (await countsFor('nora')).open === open - 1)
  expect(await countsFor('sam')).toMatchObject({ open: open - 1, spam: 1 })
})

test('a clock that is set forward is heeded at once', async () => {
  const before = await countsFor('nora')
  await desk.travel('30 days')
  expect((await countsFor('nora')).breaching).toBeGreaterThan(before.breaching)
})
