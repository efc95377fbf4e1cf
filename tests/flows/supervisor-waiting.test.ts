import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { certifyMailboxes } from '../../backend/features/intake/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ActionInput } from '../../shared/combined-actions.ts'
import { ordersOf } from '../support/action-orders.ts'
import { approvalsAt } from '../support/approvals.ts'
import { booksOf } from '../support/books.ts'
import { type StaffName, SUPPORT } from '../support/desk.ts'
import { handoversAt } from '../support/handover-desk.ts'
import { pageReader } from '../support/page-reader.ts'
import { FERN } from '../support/shop.ts'
import { startTeamDesk, type TeamDesk } from '../support/team-desk.ts'
import { teamNow, teamOn } from '../support/team-now.ts'
import { visitor } from '../support/visitor.ts'

let team: TeamDesk
beforeAll(async () => {
  team = await startTeamDesk()
})
afterEach(() => team.empty())
afterAll(() => team.stop())

const { homeOf, lineOf, followed } = teamNow(() => team.desk)

test('an action that waits for approval is told of as long as it waits', async () => {
  const approvals = approvalsAt(team.desk)
  await approvals.strict()
  expect(await lineOf('To approve')).toBeUndefined()
  const shop = ordersOf(team.desk.fern)
  const refund = { what: 'amount' as const, amount: { minor: 1_200, currency: 'GBP' } }
  const ask = () =>
    approvals.ask(shop.delivered(shop.buy()), ActionInput.parse({ reason: { code: 'spilled' }, refund }))
  const first = await ask()
  expect(await lineOf('To approve')).toMatchObject({ text: '1 action waits' })
  await ask()
  expect(await lineOf('To approve', 'ada')).toMatchObject({ text: '2 actions wait' })
  expect((await team.wall.board()).approvals).toBe(2)
  const { text } = await followed('To approve')
  expect(text.match(/href="\/actions\//g)).toHaveLength(2)
  await visitor(team.desk, 'vera').send(`/actions/${first}/refusal`, { word: 'Too much' }, `/actions/${first}`)
  expect(await lineOf('To approve')).toMatchObject({ text: '1 action waits' })
})

test('a swap is told of when both agreed, and not before', async () => {
  await team.shifts.plan('nora', 2, '09:00-17:00')
  const swap = await team.shifts.offer('nora', await team.shifts.one('nora', 2), 'sam')
  expect(await lineOf('Swaps of shifts')).toBeUndefined()
  await team.shifts.answer('sam', swap)
  expect(await lineOf('Swaps of shifts')).toMatchObject({ text: '1 waits for approval' })
  expect((await followed('Swaps of shifts')).text).toContain('>Approve</button>')
  await team.shifts.decide(swap)
  expect(await lineOf('Swaps of shifts')).toBeUndefined()
})

test('what somebody left open when they went is told of until somebody has it', async () => {
  const hands = handoversAt(team.desk)
  await hands.empty()
  const [first, second] = [await hands.owned('nora'), await hands.owned('nora')]
  await team.work.in('nora')
  expect(await lineOf('Not handed over')).toBeUndefined()
  await team.work.out('nora')
  const { endedAt } = await team.work.lastOf('nora')
  expect(await lineOf('Not handed over')).toMatchObject({
    text: '2 tickets',
    below: `since {{${endedAt?.toISOString()}}}`,
  })
  const { text } = await followed('Not handed over')
  for (const { number } of [first, second]) expect(text).toContain(number)
  await hands.give(first, 'sam')
  expect(await lineOf('Not handed over')).toMatchObject({ text: '1 ticket' })
  await hands.solve('sam', second)
  expect(await lineOf('Not handed over')).toBeUndefined()
  await hands.empty()
})

/** Both leave without a word, and the desk logs them out. */
async function forgotten(...names: StaffName[]): Promise<void> {
  for (const name of names) await team.work.in(name)
  await team.desk.travel('13 hours')
  await team.work.tick()
}

test('a forgotten log-out waits until somebody says that it was so, or corrects it', async () => {
  await forgotten('nora', 'sam')
  expect(await lineOf('Forgotten log-outs')).toMatchObject({ text: '2 to look at' })
  const vera = pageReader(team.desk, 'vera')
  await vera.open('/desk/team/forgotten')
  for (const name of ['Nora', 'Sam'])
    expect(vera.words()).toMatch(new RegExp(`${name}, \\w{3}, \\d+ \\w{3} \\d{4}, 1\\d:\\d\\d to`))
  await vera.press('It was so')
  expect(await lineOf('Forgotten log-outs')).toMatchObject({ text: '1 to look at' })
  const [looked] = (await Promise.all([team.work.lastOf('nora'), team.work.lastOf('sam')])).filter(
    (one) => one.correctedAt,
  )
  expect(looked).toMatchObject({ endedHow: 'forgotten' })
  const hours = ((looked?.endedAt?.getTime() ?? 0) - (looked?.startedAt.getTime() ?? 0)) / 3_600_000
  expect(hours).toBe(12)

  await vera.follow('Correct it')
  await vera.press('Save the times', { word: 'You told me.' })
  expect(await lineOf('Forgotten log-outs')).toBeUndefined()
  await vera.open('/desk/team/forgotten')
  expect(vera.words()).toContain('Nobody forgot to log out, or all of it was looked at.')
})

test('two who look at it at the same moment: one is told that it changed, and it is on the record once', async () => {
  await forgotten('nora')
  const before = (await team.desk.events('work.corrected')).length
  const readers = [pageReader(team.desk, 'vera'), pageReader(team.desk, 'ada')] as const
  for (const reader of readers) await reader.open('/desk/team/forgotten')
  const answers = await Promise.all(readers.map((reader) => reader.press('It was so')))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(answers.find(({ status }) => status === 409)?.text).toContain('These times changed since you opened them.')
  expect(await team.desk.events('work.corrected')).toHaveLength(before + 1)
})

test('who does not lead looks at nobody’s forgotten log-outs', async () => {
  for (const name of ['nora', 'frank', 'rhea'] as const)
    expect((await visitor(team.desk, name).open('/desk/team/forgotten')).status).toBe(403)
  const nowhere = '/desk/team/forgotten/01890000-0000-7000-8000-000000000000'
  expect((await visitor(team.desk, 'vera').send(nowhere, { version: '1' }, '/desk/team/forgotten')).status).toBe(404)
})

async function countMails(): Promise<void> {
  await inWorkspace(team.desk.ctx, team.desk.workspaceId, (tx) => enqueue(tx, certifyMailboxes, {}))
  await team.desk.settle()
}

test('a night on which all mails are here stays folded, one that was missed stands in front', async () => {
  await team.desk.google.customers.write({
    from: 'ada@home.example',
    to: SUPPORT,
    subject: 'Jar',
    text: 'Where is it?',
  })
  await team.desk.settle()
  await team.desk.travel('20 min')
  await countMails()
  const counted = team.desk.clock.now().toISOString()
  expect(await lineOf('Mail')).toMatchObject({ text: expect.stringMatching(/^\d+ mails? in Gmail, all of them here$/) })
  expect(await lineOf('Mail')).toMatchObject({ below: expect.stringMatching(/^\{\{.*\}\}$/) })
  const lines = teamOn(await homeOf('vera'))
  expect(lines?.widgets.slice(lines.folded ?? 0).map((widget) => 'label' in widget && widget.label)).toContain('Mail')
  expect((await followed('Mail')).text).toContain('all of them here')

  await team.desk.travel('31 hours')
  const later = teamOn(await homeOf('vera'))
  const shown = later?.widgets.slice(0, later.folded ?? undefined) ?? []
  const line = shown.find((widget) => widget.kind === 'fact' && widget.label === 'Mail')
  expect(line).toMatchObject({ below: expect.stringContaining(`${SUPPORT}: not since {{${counted.slice(0, 13)}`) })
})

test('a mail that was not here stands in front', async () => {
  await team.owner.query(
    `insert into desk.intake_certificate (workspace_id, id, mailbox_id, at, from_at, to_at, listed, late, unended)
     select workspace_id, gen_random_uuid(), id, $2, $2, $2, 12, 1, 0 from desk.mailbox where workspace_id = $1`,
    [team.desk.workspaceId, team.desk.clock.now()],
  )
  const shown = teamOn(await homeOf('vera'))
  const front = shown?.widgets.slice(0, shown.folded ?? undefined) ?? []
  expect(front).toContainEqual(
    expect.objectContaining({ label: 'Mail', text: '12 mails in Gmail: 1 was not here and is brought in now' }),
  )
})

test('the books are compared each night; a difference stands in front, and leads on for whoever may see the books', async () => {
  const books = booksOf(team.desk)
  const shopId = team.desk.shopId(FERN)
  await team.desk.travel('4 hours')
  await books.tick()
  expect(await lineOf('Books')).toMatchObject({ text: '0 steps compared, no difference', leads: null })
  await books.done({ shopId, kind: 'refund', amount: { minor: 900, currency: 'GBP' }, source: 'refund/4711' })
  await team.desk.travel('4 hours')
  await books.tick()
  expect(await lineOf('Books')).toMatchObject({ text: '1 step compared, 1 difference' })
  const shown = teamOn(await homeOf('ada'))
  const front = shown?.widgets.slice(0, shown.folded ?? undefined) ?? []
  expect(front.map((widget) => 'label' in widget && widget.label)).toContain('Books')
  expect((await followed('Books', 'ada')).text).toContain('1 step compared, 1 difference.')
})
