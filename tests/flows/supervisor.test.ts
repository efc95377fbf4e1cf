import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type pg from 'pg'
import { certifyMailboxes } from '../../backend/features/intake/index.ts'
import { createApiKey } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { newId } from '../../backend/platform/ids.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ActionInput } from '../../shared/combined-actions.ts'
import type { PanelCard, PanelPress } from '../../shared/panel.ts'
import { getQueue, type QueueName, type QueueTicket, showQueue } from '../../shared/queues.ts'
import { ordersOf } from '../support/action-orders.ts'
import { approvalsAt } from '../support/approvals.ts'
import { booksOf } from '../support/books.ts'
import { ownerOf } from '../support/database.ts'
import { type StaffName, SUPPORT } from '../support/desk.ts'
import { handoversAt } from '../support/handover-desk.ts'
import { pageReader } from '../support/page-reader.ts'
import { textOf } from '../support/panel-hands.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { shiftsAt } from '../support/shift-desk.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'
import { visitor } from '../support/visitor.ts'
import { type Counted, drawnTicket, wallAt } from '../support/wall-desk.ts'
import { partAt, watching } from '../support/watching.ts'
import { workAt } from '../support/work-desk.ts'

let desk: ShopDesk
let owner: pg.Client
let work: ReturnType<typeof workAt>
let wall: ReturnType<typeof wallAt>
let shifts: ReturnType<typeof shiftsAt>
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  owner = await ownerOf(desk.database)
  work = workAt(desk)
  wall = wallAt(desk, owner)
  shifts = shiftsAt(desk)
})
afterEach(async () => {
  for (const table of ['intake_certificate', 'reconciliation', 'left_ticket'])
    await owner.query(`delete from desk.${table}`)
  await shifts.empty()
  await work.empty()
  await wall.empty()
})
afterAll(async () => {
  await owner.end()
  await desk.stop()
})

const homeOf = (name: StaffName, view: QueueName = 'mine') => desk.as(name).call(showQueue, { params: { view } })

const teamOn = ({ sections }: PanelCard) => sections.find(({ title }) => title === 'The team now')

type Line = { text: string; below: string | null; leads: string | null }

/** What a reader is told of the team, by its label: how much, and where a press leads. */
async function linesOf(name: StaffName): Promise<Record<string, Line>> {
  const widgets = teamOn(await homeOf(name))?.widgets ?? []
  return Object.fromEntries(
    widgets.flatMap((widget) => {
      if (widget.kind !== 'fact') return []
      const { label, text, below, press } = widget
      return [[label, { text, below, leads: press && whereTo(press) }]]
    }),
  )
}

function whereTo(press: PanelPress): string | null {
  if ('url' in press) return press.url
  if ('path' in press) return press.path
  return 'ticketId' in press ? press.ticketId : null
}

const lineOf = async (label: string, name: StaffName = 'vera') => (await linesOf(name))[label]

/** Opens the page that a line leads to. */
async function followed(label: string, name: StaffName = 'vera') {
  const { leads } = (await lineOf(label, name)) ?? { leads: null }
  if (!leads?.startsWith('https://desk.example/')) throw new Error(`${label} leads to ${leads}`)
  return visitor(desk, name).open(leads.replace('https://desk.example', ''))
}

const plain: Counted = {
  status: 'open',
  whose: null,
  due: null,
  waits: null,
  snoozed: false,
  created: -60,
  solved: null,
  isVoid: false,
}

test('whoever leads finds on their homepage how the team stands, and nobody else does', async () => {
  for (const name of ['vera', 'ada'] as const)
    expect(await linesOf(name)).toMatchObject({
      'At work': { text: 'nobody', below: null },
      Open: { text: '0', below: '0 with nobody' },
      'Due next': { text: '0', below: null },
    })
  for (const name of ['nora', 'frank', 'rhea'] as const) expect(teamOn(await homeOf(name))).toBeUndefined()
  const { key } = await createApiKey(
    desk.ctx,
    desk.workspaceId,
    { name: 'sheet', scopes: ['tickets:read'] },
    systemOf(desk.workspaceId),
  )
  expect(teamOn(await desk.withToken(key).call(showQueue, { params: { view: 'mine' } }))).toBeUndefined()
})

test('it stays with every list, and is not repeated on further pages of one', async () => {
  await wall.tickets(Array.from({ length: 12 }, () => plain))
  const open = await homeOf('vera', 'open')
  expect(teamOn(open)).toBeDefined()
  const [, cursor = ''] = /\?cursor=([^"]+)/.exec(JSON.stringify(open)) ?? []
  const next = await desk.as('vera').call(showQueue, { params: { view: 'open' }, query: { cursor } })
  expect(textOf(next)).toContain('TKT-')
  expect(teamOn(next)).toBeUndefined()
})

test('who is on, on a break, over it and not here, by name, as the wallboard has it', async () => {
  await work.planned('sam', -60, 400)
  await work.planned('ada', 60, 400)
  for (const name of ['nora', 'vera', 'ada'] as const) await work.in(name)
  await work.pause('nora', 'short')
  await desk.travel('10 min')
  await work.pause('vera', 'lunch')
  expect(await lineOf('At work')).toMatchObject({
    text: '3, 2 on a break, 1 missing',
    below: 'Nora: Short break, 10 of 10 min; Vera: Lunch, 0 of 30 min; Sam: not here',
  })
  await desk.travel('2 min')
  expect(await lineOf('At work')).toMatchObject({
    text: '3, 2 on a break, 1 over it, 1 missing',
    below: 'Nora: Short break, 2 min over 10 min; Vera: Lunch, 2 of 30 min; Sam: not here',
  })
  const { text } = await followed('At work')
  expect(text).toContain('2 on a break, 1 over it, 1 missing')
})

test('of many who are away five are named, first who is over a break', async () => {
  const staff = ['nora', 'sam', 'vera', 'ada'] as const
  for (const name of staff) await work.in(name)
  for (const name of staff) await work.pause(name, name === 'sam' ? 'short' : 'lunch')
  await desk.travel('12 min')
  for (let number = 1; number <= 3; number++) await absent(`Zoe ${number}`)
  const { below } = (await lineOf('At work')) ?? {}
  expect(below).toMatch(/^Sam: Short break, 2 min over 10 min; Ada: .*; Nora: .*; Vera: .*; Zoe 1: not here; 2 more$/)
})

/** Somebody more, who has a shift and is not there. */
async function absent(name: string): Promise<void> {
  const id = newId(desk.clock.now())
  const now = desk.clock.now()
  await owner.query(
    `insert into desk.staff (workspace_id, id, email, email_key, name, role, state, created_at) values ($1, $2, $3, $3, $3, 'agent', 'active', $4)`,
    [desk.workspaceId, id, name, now],
  )
  await owner.query(
    `insert into desk.shift (workspace_id, id, staff_id, day, starts_at, ends_at, source)
     values ($1, $2, $2, ($3::timestamptz)::date, $3::timestamptz - interval '1 hour', $3::timestamptz + interval '1 hour', 'import')`,
    [desk.workspaceId, id, now],
  )
}

/** Every ticket of a list, page by page. */
async function listed(view: QueueName): Promise<QueueTicket[]> {
  const all: QueueTicket[] = []
  let cursor: string | undefined
  do {
    const query = { limit: 50, ...(cursor && { cursor }) }
    const page = await desk.as('vera').call(getQueue, { params: { view }, query })
    all.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  return all
}

test('each count is that of the list that it leads to, whatever tickets there are', async () => {
  const seed = seedOfRun()
  process.stdout.write(`lines and their lists: SEED=${seed}\n`)
  const random = randomFrom(seed)
  for (let time = 0; time < 5; time++) {
    await wall.tickets(Array.from({ length: 80 }, () => drawnTicket(random)))
    const lines = await linesOf('vera')
    const [open, next, nobodys] = [await listed('open'), await listed('breaching'), await listed('unassigned')]
    const late = next.filter(({ dueAt }) => dueAt !== null && Date.parse(dueAt) <= desk.clock.now().getTime())
    expect(lines['Open']).toMatchObject({
      text: `${open.length}`,
      below: `${nobodys.length} with nobody`,
      leads: '/v1/queues/open/card',
    })
    expect(lines['Due next']).toMatchObject({
      text: `${next.length}`,
      below: late.length > 0 ? `${late.length} late` : null,
      leads: '/v1/queues/breaching/card',
    })
    const waits = open.flatMap(({ waitingSince }) => waitingSince ?? []).toSorted()
    const oldest = open.find(({ id }) => id === lines['Longest wait']?.leads)
    expect(oldest?.waitingSince).toBe(waits[0])
    expect(lines['Longest wait']?.below).toBe(oldest?.number)
    expect(await wall.board()).toMatchObject({ open: open.length, dueNext: next.length, late: late.length })
    await wall.empty()
  }
})

test('a thousand are counted, and then it says that there are more', async () => {
  await wall.tickets(Array.from({ length: 1_002 }, () => ({ ...plain, due: -5 })))
  expect(await linesOf('vera')).toMatchObject({
    Open: { text: '1000+', below: '1000+ with nobody' },
    'Due next': { text: '1000+', below: '1000+ late' },
  })
  expect((await linesOf('vera'))['Longest wait']).toBeUndefined()
})

test('an action that waits for approval is told of as long as it waits', async () => {
  const approvals = approvalsAt(desk)
  await approvals.strict()
  expect(await lineOf('To approve')).toBeUndefined()
  const shop = ordersOf(desk.fern)
  const refund = { what: 'amount' as const, amount: { minor: 1_200, currency: 'GBP' } }
  const ask = () =>
    approvals.ask(shop.delivered(shop.buy()), ActionInput.parse({ reason: { code: 'spilled' }, refund }))
  const first = await ask()
  expect(await lineOf('To approve')).toMatchObject({ text: '1 action waits' })
  await ask()
  expect(await lineOf('To approve', 'ada')).toMatchObject({ text: '2 actions wait' })
  expect((await wall.board()).approvals).toBe(2)
  const { text } = await followed('To approve')
  expect(text.match(/href="\/actions\//g)).toHaveLength(2)
  await visitor(desk, 'vera').send(`/actions/${first}/refusal`, { word: 'Too much' }, `/actions/${first}`)
  expect(await lineOf('To approve')).toMatchObject({ text: '1 action waits' })
})

test('a swap is told of when both agreed, and not before', async () => {
  await shifts.plan('nora', 2, '09:00-17:00')
  const swap = await shifts.offer('nora', await shifts.one('nora', 2), 'sam')
  expect(await lineOf('Swaps of shifts')).toBeUndefined()
  await shifts.answer('sam', swap)
  expect(await lineOf('Swaps of shifts')).toMatchObject({ text: '1 waits for approval' })
  expect((await followed('Swaps of shifts')).text).toContain('>Approve</button>')
  await shifts.decide(swap)
  expect(await lineOf('Swaps of shifts')).toBeUndefined()
})

test('what somebody left open when they went is told of until somebody has it', async () => {
  const hands = handoversAt(desk)
  await hands.empty()
  const [first, second] = [await hands.owned('nora'), await hands.owned('nora')]
  await work.in('nora')
  expect(await lineOf('Not handed over')).toBeUndefined()
  await work.out('nora')
  const { endedAt } = await work.lastOf('nora')
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
  for (const name of names) await work.in(name)
  await desk.travel('13 hours')
  await work.tick()
}

test('a forgotten log-out waits until somebody says that it was so, or corrects it', async () => {
  await forgotten('nora', 'sam')
  expect(await lineOf('Forgotten log-outs')).toMatchObject({ text: '2 to look at' })
  const vera = pageReader(desk, 'vera')
  await vera.open('/desk/team/forgotten')
  for (const name of ['Nora', 'Sam'])
    expect(vera.words()).toMatch(new RegExp(`${name}, \\w{3}, \\d+ \\w{3} \\d{4}, 1\\d:\\d\\d to`))
  await vera.press('It was so')
  expect(await lineOf('Forgotten log-outs')).toMatchObject({ text: '1 to look at' })
  const [looked] = (await Promise.all([work.lastOf('nora'), work.lastOf('sam')])).filter((one) => one.correctedAt)
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
  const before = (await desk.events('work.corrected')).length
  const readers = [pageReader(desk, 'vera'), pageReader(desk, 'ada')] as const
  for (const reader of readers) await reader.open('/desk/team/forgotten')
  const answers = await Promise.all(readers.map((reader) => reader.press('It was so')))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(answers.find(({ status }) => status === 409)?.text).toContain('These times changed since you opened them.')
  expect(await desk.events('work.corrected')).toHaveLength(before + 1)
})

test('who does not lead looks at nobody’s forgotten log-outs', async () => {
  for (const name of ['nora', 'frank', 'rhea'] as const)
    expect((await visitor(desk, name).open('/desk/team/forgotten')).status).toBe(403)
  const nowhere = '/desk/team/forgotten/01890000-0000-7000-8000-000000000000'
  expect((await visitor(desk, 'vera').send(nowhere, { version: '1' }, '/desk/team/forgotten')).status).toBe(404)
})

async function countMails(): Promise<void> {
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, certifyMailboxes, {}))
  await desk.settle()
}

test('a night on which all mails are here stays folded, one that was missed stands in front', async () => {
  await desk.google.customers.write({ from: 'ada@home.example', to: SUPPORT, subject: 'Jar', text: 'Where is it?' })
  await desk.settle()
  await desk.travel('20 min')
  await countMails()
  const counted = desk.clock.now().toISOString()
  expect(await lineOf('Mail')).toMatchObject({ text: expect.stringMatching(/^\d+ mails? in Gmail, all of them here$/) })
  expect(await lineOf('Mail')).toMatchObject({ below: expect.stringMatching(/^\{\{.*\}\}$/) })
  const team = teamOn(await homeOf('vera'))
  expect(team?.widgets.slice(team.folded ?? 0).map((widget) => 'label' in widget && widget.label)).toContain('Mail')
  expect((await followed('Mail')).text).toContain('all of them here')

  await desk.travel('31 hours')
  const later = teamOn(await homeOf('vera'))
  const shown = later?.widgets.slice(0, later.folded ?? undefined) ?? []
  const line = shown.find((widget) => widget.kind === 'fact' && widget.label === 'Mail')
  expect(line).toMatchObject({ below: expect.stringContaining(`${SUPPORT}: not since {{${counted.slice(0, 13)}`) })
})

test('a mail that was not here stands in front', async () => {
  await owner.query(
    `insert into desk.intake_certificate (workspace_id, id, mailbox_id, at, from_at, to_at, listed, late, unended)
     select workspace_id, gen_random_uuid(), id, $2, $2, $2, 12, 1, 0 from desk.mailbox where workspace_id = $1`,
    [desk.workspaceId, desk.clock.now()],
  )
  const team = teamOn(await homeOf('vera'))
  const front = team?.widgets.slice(0, team.folded ?? undefined) ?? []
  expect(front).toContainEqual(
    expect.objectContaining({ label: 'Mail', text: '12 mails in Gmail: 1 was not here and is brought in now' }),
  )
})

test('the books are compared each night; a difference stands in front, and leads on for whoever may see the books', async () => {
  const books = booksOf(desk)
  const shopId = desk.shopId(FERN)
  await desk.travel('4 hours')
  await books.tick()
  expect(await lineOf('Books')).toMatchObject({ text: '0 steps compared, no difference', leads: null })
  await books.done({ shopId, kind: 'refund', amount: { minor: 900, currency: 'GBP' }, source: 'refund/4711' })
  await desk.travel('4 hours')
  await books.tick()
  expect(await lineOf('Books')).toMatchObject({ text: '1 step compared, 1 difference' })
  const team = teamOn(await homeOf('ada'))
  const front = team?.widgets.slice(0, team.folded ?? undefined) ?? []
  expect(front.map((widget) => 'label' in widget && widget.label)).toContain('Books')
  expect((await followed('Books', 'ada')).text).toContain('1 step compared, 1 difference.')
})

test('the desk’s first page has the same lines as links, and changes while somebody looks', async () => {
  await wall.tickets([{ ...plain, whose: 'nora', due: -5, waits: -30 }])
  const vera = pageReader(desk, 'vera')
  await vera.open('/desk')
  expect(vera.words()).toMatch(
    /The team now.*At work.*nobody.*Open.*1.*Due next.*1 late.*Longest wait.*30 min.*TKT-000001/s,
  )
  await vera.follow(/^Due next/)
  expect(vera.page().path).toBe('/desk/queues/breaching')
  await vera.open('/desk')
  await vera.follow(/^Longest wait/)
  expect(vera.page().path).toMatch(/^\/desk\/tickets\//)

  const stream = watching(await vera.browser.ask(partAt('/desk/live/team')))
  try {
    await stream.shows('nobody')
    await work.in('nora')
    await work.pause('nora', 'lunch')
    await stream.shows('Nora: Lunch, 0 of 30 min')
  } finally {
    await stream.close()
  }
})

test('an agent’s first page has none of it, and their browser cannot listen to it', async () => {
  const nora = pageReader(desk, 'nora')
  expect((await nora.open('/desk')).text).not.toContain('The team now')
  const refused = await nora.browser.ask(partAt('/desk/live/team'))
  expect(refused.status).toBe(403)
  await refused.arrayBuffer()
})
