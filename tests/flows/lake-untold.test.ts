import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { endClaims } from '../../backend/features/claims/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { claimTicket } from '../../shared/claims.ts'
import { addCustomerAddress, createContactTicket, setHandleTime } from '../../shared/contacts.ts'
import { mergeTickets } from '../../shared/merging.ts'
import { createTicket, moveTicket } from '../../shared/tickets.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type LakeOfDesk, lakeOf } from '../support/lake-desk.ts'
import { lakeRows } from '../support/lake-rows.ts'
import { threadingAt } from '../support/threading-desk.ts'

/** What changes a ticket although no event of that ticket says so. */
let desk: Desk
let lake: LakeOfDesk
let at: ReturnType<typeof threadingAt>
beforeAll(async () => {
  desk = await startDesk()
  lake = lakeOf(desk)
  at = threadingAt(desk)
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
})

const ticketIn = async (id: string) => (await lakeRows(lake, desk.workspaceId)).ticket.find((row) => row['id'] === id)

let lakes = 0
afterEach(async () => {
  await lake.pull()
  const followed = await lakeRows(lake, desk.workspaceId)
  await lake.stop()
  const anew = lakeOf(desk, join(lake.dir, '..', `lake-anew-${++lakes}`))
  await anew.pull()
  const built = await lakeRows(anew, desk.workspaceId)
  await anew.stop()
  lake = lakeOf(desk)
  for (const table of Object.keys(built) as (keyof typeof built)[])
    expect({ [table]: followed[table] }).toEqual({ [table]: built[table] })
})

const called = (customer: { email?: string; phone?: string; name?: string }) =>
  desk.as('nora').call(createContactTicket, {
    body: {
      customer: { email: null, phone: null, name: null, ...customer },
      channel: 'call',
      subject: 'Wrong colour',
      text: 'Wants blue instead of green.',
      minutes: 4,
    },
  })

test('the time of a claim that ran out after the ticket was solved is in its handle time', async () => {
  const mail = { messageId: '<claimed@ada.example>', subject: 'Jar', from: 'ada@ada.example', text: 'Broken.' }
  const ticket = await desk.as('nora').call(createTicket, { body: { ...mail, sentAt: desk.clock.now().toISOString() } })
  const params = { ticketId: ticket.id }
  const { version } = await desk.as('nora').call(claimTicket, { params, body: {} as never })
  await desk.travel('5 min')
  await desk.as('nora').call(moveTicket, { params, body: { status: 'solved', version } })
  await lake.pull()
  expect(await ticketIn(ticket.id)).toMatchObject({ status: 'solved', handle_seconds: '0' })
  await desk.travel('2 h')
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, endClaims, {}))
  await lake.pull()
  expect(Number((await ticketIn(ticket.id))?.['handle_seconds'])).toBeGreaterThanOrEqual(300)
})

test('time that is corrected on a ticket that went into another one is in the handle time of that one, however often it went on', async () => {
  const opened = (n: number) => {
    const mail = { messageId: `<went${n}@ada.example>`, subject: 'Jar', from: 'ada@ada.example', text: 'Broken.' }
    return desk.as('nora').call(createTicket, { body: { ...mail, sentAt: desk.clock.now().toISOString() } })
  }
  const [gone, between, last] = [await opened(1), await opened(2), await opened(3)]
  const merge = (survivor: string, id: string) =>
    desk.as('nora').call(mergeTickets, { params: { ticketId: survivor }, body: { ticketIds: [id] } })
  await merge(between.id, gone.id)
  await merge(last.id, between.id)
  await lake.pull()
  await desk.as('nora').call(setHandleTime, { params: { ticketId: gone.id }, body: { minutes: 7 } })
  await lake.pull()
  expect(await ticketIn(last.id)).toMatchObject({ handle_seconds: '420' })
})

test('two customers that turn out to be one are one in the figures, by all of their tickets', async () => {
  const known = await called({ email: 'eva@home.example', name: 'Eva Lund' })
  const [one, two] = [await called({ phone: '+45 72 00 00 01' }), await called({ phone: '+45 72 00 00 01' })]
  await lake.pull()
  await desk.as('nora').call(addCustomerAddress, { params: { ticketId: one.id }, body: { email: 'eva@home.example' } })
  await lake.pull()
  expect((await ticketIn(one.id))?.['customer_id']).toBe(known.customer.id)
  expect((await ticketIn(two.id))?.['customer_id']).toBe(known.customer.id)
})

test('a ticket that somebody made of a mail belongs to the mailbox that the mail came to later', async () => {
  const mail = { messageId: '<early@ada.example>', subject: 'Broken jar', from: 'ada@ada.example', text: 'Broken.' }
  const ticket = await desk.as('nora').call(createTicket, { body: { ...mail, sentAt: desk.clock.now().toISOString() } })
  await lake.pull()
  expect((await ticketIn(ticket.id))?.['mailbox_id']).toBeNull()
  at.deliver({ from: 'ada@ada.example', id: 'early@ada.example', text: 'Broken.' })
  await desk.settle()
  expect((await at.card('early@ada.example')).id).toBe(ticket.id)
  await lake.pull()
  expect((await ticketIn(ticket.id))?.['mailbox_id']).toBe(desk.mailbox.mailboxId)
})

test('a mail of today stays one when another mailbox has a copy of it among its history', async () => {
  const { id } = await at.wrote({ from: 'bo@bo.example', id: 'copied@bo.example' })
  await lake.pull()
  const before = await ticketIn(id)
  expect(before).toMatchObject({ mails_in: 1 })
  const owner = await ownerOf(desk.database)
  await owner.query(
    `insert into desk.mailbox_mail (workspace_id, mailbox_id, gmail_id, labels, state, outcome, reason, message_id, historical, received_at)
     select m.workspace_id, g.mailbox_id, 'a-copy', '{}', 'ended', 'duplicate', 'same_mail', m.id, true, $2
     from desk.message m join desk.mailbox_mail g on g.workspace_id = m.workspace_id and g.message_id = m.id where m.ticket_id = $1`,
    [id, desk.clock.now()],
  )
  await owner.end()
  await lake.place.report(desk.workspaceId)
  await lake.pull()
  expect(await ticketIn(id)).toEqual(before)
})
