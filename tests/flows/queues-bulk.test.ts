import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { runBulk } from '../../backend/features/queues/bulk/running.ts'
import { deactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import {
  type BulkAct,
  type BulkOn,
  type BulkWish,
  createBulkAct,
  getBulkAct,
  listBulkActTickets,
  showBulkAct,
  undoBulkAct,
} from '../../shared/bulk-acts.ts'
import { getQueue, showQueue, snoozeTicket } from '../../shared/queues.ts'
import { createTicket, getTicket, listTimeline, moveTicket, type Ticket, tagTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, SUPPORT, startDesk } from '../support/desk.ts'
import { buttonsOf, panelOf, textOf, widgetsOf } from '../support/panel-hands.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let made = 0
let category = ''
/** Each story has tickets of its own. */
beforeEach(() => {
  category = `tag-${++made}`
})

async function given(subject: string, from = `bulk${made + 1}@ada.example`): Promise<Ticket> {
  const sentAt = desk.clock.now().toISOString()
  const mail = {
    messageId: `<bulk-${++made}@ada.example>`,
    subject,
    from,
    sentAt,
    text: 'Three lids and no jar.',
  }
  const { id } = await desk.as('nora').call(createTicket, { body: mail })
  return desk.as('nora').call(tagTicket, { params: { ticketId: id }, body: { add: [category], remove: [] } })
}

const several = (count: number) => Promise.all(Array.from({ length: count }, (_, n) => given(`Bulk ${n}`)))
const fresh = ({ id }: { id: string }) => desk.as('nora').call(getTicket, { params: { ticketId: id } })
const freshly = (tickets: readonly Ticket[]) => Promise.all(tickets.map(fresh))
const idsOf = (tickets: readonly Ticket[]): BulkOn => ({ ticketIds: tickets.map(({ id }) => id) })

const start = (on: BulkOn, wish: BulkWish, who: StaffName = 'nora') =>
  desk.as(who).call(createBulkAct, { body: { on, wish } })

async function done(on: BulkOn, wish: BulkWish, who: StaffName = 'nora'): Promise<BulkAct> {
  const { id } = await start(on, wish, who)
  await desk.settle()
  return desk.as(who).call(getBulkAct, { params: { bulkActId: id } })
}

async function undone({ id }: BulkAct, who: StaffName = 'nora'): Promise<BulkAct> {
  await desk.as(who).call(undoBulkAct, { params: { bulkActId: id } })
  await desk.settle()
  return desk.as(who).call(getBulkAct, { params: { bulkActId: id } })
}

const report = async ({ id }: BulkAct) =>
  (await desk.as('nora').call(listBulkActTickets, { params: { bulkActId: id }, query: { limit: 100 } })).items

const move = async (ticket: Ticket, status: 'closed' | 'pending') =>
  desk
    .as('sam')
    .call(moveTicket, { params: { ticketId: ticket.id }, body: { status, version: (await fresh(ticket)).version } })

const typesOf = async ({ id }: { id: string }) =>
  (await desk.as('nora').call(listTimeline, { params: { ticketId: id } })).items.map(({ type }) => type)

test('an act on a view changes each ticket as its own card would, tells its progress, and records who did it', async () => {
  const tickets = await several(23)
  const on = { view: 'tag', of: category } as const
  const begun = await start(on, { kind: 'assign', assigneeId: desk.staff.sam.id })
  expect(begun).toMatchObject({ state: 'running', total: 23, words: 'Give to Sam', by: 'Nora', undoUntil: null })
  await desk.settle()
  const act = await desk.as('nora').call(getBulkAct, { params: { bulkActId: begun.id } })
  expect(act).toMatchObject({ state: 'done', counts: { done: 23, failed: 0, planned: 0 } })
  expect(new Set((await freshly(tickets)).map(({ assignee }) => assignee?.name))).toEqual(new Set(['Sam']))
  const [one] = tickets
  const { items } = await desk.as('nora').call(listTimeline, { params: { ticketId: one?.id ?? '' } })
  expect(items.find(({ type }) => type === 'ticket.assigned')).toMatchObject({ actor: { name: 'Nora' } })
})

test('what cannot be done to a ticket is told with its reason, and the others are done', async () => {
  const [open, closed] = (await several(2)) as [Ticket, Ticket]
  await move(closed, 'closed')
  const act = await done(idsOf([open, closed]), { kind: 'status', status: 'pending' })
  expect(act.counts).toMatchObject({ done: 1, failed: 1 })
  expect(await report(act)).toEqual([
    { ticketId: open.id, number: open.number, outcome: 'done', reason: null },
    {
      ticketId: closed.id,
      number: closed.number,
      outcome: 'failed',
      reason: 'A ticket that is closed cannot become pending.',
    },
  ])
})

test('for ten minutes it can be taken back, and every ticket is as it was', async () => {
  const tickets = await several(3)
  await move(tickets[0] as Ticket, 'pending')
  const before = await freshly(tickets)
  const act = await done(idsOf(tickets), { kind: 'status', status: 'solved' })
  expect((await freshly(tickets)).map(({ status }) => status)).toEqual(['solved', 'solved', 'solved'])
  expect(await undone(act)).toMatchObject({ state: 'undone', counts: { undone: 3, left: 0 }, undoUntil: null })
  const same = ({ status, waitingSince, assignee, tags }: Ticket) => ({ status, waitingSince, assignee, tags })
  expect((await freshly(tickets)).map(same)).toEqual(before.map(same))
})

test('what was solved and opened again by an act on many is, after the undo, solved since when it was', async () => {
  const tickets = await several(2)
  await done(idsOf(tickets), { kind: 'status', status: 'solved' })
  const solved = async () => {
    const { items } = await desk.as('nora').call(getQueue, { params: { view: 'solved' }, query: { limit: 50 } })
    return tickets.map(({ id }) => items.find((item) => item.id === id)?.solvedAt)
  }
  const before = await solved()
  expect(before).not.toContain(undefined)
  await desk.travel('1 min')
  const act = await done(idsOf(tickets), { kind: 'status', status: 'open' })
  expect(await solved()).toEqual([undefined, undefined])
  await undone(act)
  expect(await solved()).toEqual(before)
})

test('a snooze that an act on many ended goes on after the undo, as long as its time has not come', async () => {
  const [long, short] = (await several(2)) as [Ticket, Ticket]
  const snooze = ({ id }: Ticket, minutes: number) => {
    const until = new Date(desk.clock.now().getTime() + minutes * 60_000).toISOString()
    return desk.as('nora').call(snoozeTicket, { params: { ticketId: id }, body: { until } })
  }
  await snooze(long, 600)
  await snooze(short, 2)
  const act = await done(idsOf([long, short]), { kind: 'status', status: 'solved' })
  await desk.travel('5 min')
  expect(await undone(act)).toMatchObject({ counts: { undone: 2, left: 0 } })
  const { items } = await desk.as('nora').call(getQueue, { params: { view: 'snoozed' }, query: { limit: 50 } })
  expect(items.map(({ id }) => id)).toEqual([long.id])
  await desk.travel('10 h')
  await desk.settle()
  expect((await desk.as('nora').call(getQueue, { params: { view: 'snoozed' } })).items).toEqual([])
})

test('the undo leaves what somebody changed since, and names it', async () => {
  const [moved, answered, kept] = (await several(3)) as [Ticket, Ticket, Ticket]
  const act = await done(idsOf([moved, answered, kept]), { kind: 'status', status: 'on_hold' })
  await move(moved, 'pending')
  const mail = { from: 'bulk@ada.example', to: SUPPORT, subject: 'Re', text: 'And now?' }
  await desk.google.customers.write({ ...mail, inReplyTo: `<bulk-${made - 1}@ada.example>` })
  await desk.settle()
  const after = await undone(act)
  expect(after.counts).toMatchObject({ undone: 1, left: 2 })
  expect((await fresh(answered)).status).toBe('open')
  expect((await report(act)).find(({ ticketId }) => ticketId === moved.id)).toMatchObject({
    outcome: 'left',
    reason: 'Somebody moved it since.',
  })
  expect((await fresh(moved)).status).toBe('pending')
  expect((await fresh(kept)).status).toBe('new')
  expect(textOf(await desk.as('nora').call(showBulkAct, { params: { bulkActId: act.id } }))).toContain(
    'Somebody moved it since.',
  )
})

test('tags of others stay when an act on tags is taken back', async () => {
  const [one, two] = (await several(2)) as [Ticket, Ticket]
  await desk.as('nora').call(tagTicket, { params: { ticketId: two.id }, body: { add: ['glass'], remove: [] } })
  const act = await done(idsOf([one, two]), { kind: 'tag', add: ['Glass', 'spring sale'], remove: [category] })
  expect((await fresh(one)).tags).toEqual(['glass', 'spring-sale'])
  await desk.as('sam').call(tagTicket, { params: { ticketId: one.id }, body: { add: ['mine'], remove: [] } })
  await undone(act)
  expect((await fresh(one)).tags.sort()).toEqual(['mine', category].sort())
  expect((await fresh(two)).tags.sort()).toEqual(['glass', category].sort())
})

test('several become one ticket, those of somebody else are named, and the undo makes each its own again', async () => {
  const from = 'same@ada.example'
  const [stays, second, third] = [await given('Stays', from), await given('Second', from), await given('Third', from)]
  const strange = await given('Of somebody else')
  const wish = { kind: 'merge', survivorId: stays.id, acrossCustomers: false } as const
  const act = await done(idsOf([stays, second, third, strange]), wish)
  expect(act).toMatchObject({ words: `Merge into ${stays.number}`, counts: { done: 2, unchanged: 1, failed: 1 } })
  expect((await report(act)).at(-1)).toMatchObject({
    outcome: 'failed',
    reason: expect.stringContaining('of another customer'),
  })
  expect((await fresh(stays)).messageCount).toBe(3)
  expect((await fresh(third)).voidReason).toBe('merged')
  expect(await undone(act)).toMatchObject({ counts: { undone: 2, left: 0 } })
  expect([(await fresh(stays)).messageCount, (await fresh(third)).voidReason]).toEqual([1, null])
})

test('after ten minutes it stays, and only who did it or who leads takes it back', async () => {
  const tickets = await several(2)
  const act = await done(idsOf(tickets), { kind: 'priority', priority: 'high' })
  expect(await refusalOf(undone(act, 'sam'))).toMatchObject({ status: 403 })
  await desk.travel('9 min')
  expect((await undone(act, 'vera')).state).toBe('undone')
  const late = await done(idsOf(tickets), { kind: 'priority', priority: 'urgent' })
  await desk.travel('11 min')
  expect(await refusalOf(undone(late))).toMatchObject({
    code: 'move_not_allowed',
    message: expect.stringContaining('10 minutes'),
  })
  expect((await fresh(tickets[0] as Ticket)).priority).toBe('urgent')
})

test('two acts on the same tickets, each taken by two workers at once, both end, and nothing is done twice', async () => {
  const tickets = await several(25)
  const ticketIds = tickets.map(({ id }) => id)
  const acts = [
    await start({ ticketIds }, { kind: 'assign', assigneeId: desk.staff.sam.id }),
    await start({ ticketIds: [...ticketIds].reverse() }, { kind: 'assign', assigneeId: desk.staff.vera.id }, 'vera'),
  ]
  const workers = [...acts, ...acts].map(({ id }) => runBulk.perform(desk.ctx, desk.workspaceId, { bulkActId: id }))
  await Promise.all(workers)
  for (const { id } of acts) {
    const act = await desk.as('nora').call(getBulkAct, { params: { bulkActId: id } })
    expect(act).toMatchObject({ state: 'done', counts: { done: 25, planned: 0, failed: 0 } })
  }
  for (const ticket of tickets)
    expect((await typesOf(ticket)).filter((type) => type === 'ticket.assigned')).toHaveLength(2)
  expect(await desk.events('bulk_act.ended')).toEqual(
    expect.arrayContaining(
      acts.map(({ id }) => expect.objectContaining({ payload: { bulkActId: id, done: 25, failed: 0 } })),
    ),
  )
})

test('pressed twice it is one act, and taken back twice it is taken back once', async () => {
  const tickets = await several(40)
  const key = 'the-same-press'
  const body = { on: idsOf(tickets), wish: { kind: 'priority', priority: 'low' } as const }
  const [first, second] = await Promise.all([1, 2].map(() => desk.as('nora').call(createBulkAct, { body, key })))
  expect(second?.id).toBe(first?.id)
  await desk.settle()
  const act = first as BulkAct
  await Promise.all([undone(act), undone(act)])
  for (const ticket of tickets)
    expect((await typesOf(ticket)).filter((type) => type === 'ticket.prioritised')).toHaveLength(2)
})

test('who leaves meanwhile changes nothing more', async () => {
  const [ticket] = (await several(1)) as [Ticket]
  const { id } = await start(idsOf([ticket]), { kind: 'priority', priority: 'urgent' }, 'sam')
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId))
  await desk.settle()
  expect(await desk.as('nora').call(getBulkAct, { params: { bulkActId: id } })).toMatchObject({
    state: 'done',
    counts: { failed: 1 },
  })
  expect((await fresh(ticket)).priority).toBe('normal')
})

test.each([
  [
    { view: 'tag', of: 'nothing-has-it' },
    { kind: 'status', status: 'solved' },
    'There is no ticket that this could be done to.',
  ],
  [
    { view: 'open' },
    { kind: 'merge', survivorId: '01890000-0000-7000-8000-000000000000' },
    '1 of these tickets are not in your workspace.',
  ],
  [{ view: 'saved', of: 'mine' }, { kind: 'status', status: 'solved' }, 'There is no such view.'],
  [{ view: 'open' }, { kind: 'tag' }, 'Say which tags to add or to remove.'],
  [{ view: 'open' }, { kind: 'tag', add: ['a'], remove: ['A'] }, '«a» cannot be added and removed at once.'],
  [
    { view: 'open' },
    { kind: 'assign', assigneeId: '01890000-0000-7000-8000-000000000000' },
    'This person does not work on tickets.',
  ],
  [
    { ticketIds: ['01890000-0000-7000-8000-000000000000'] },
    { kind: 'status', status: 'solved' },
    '1 of these tickets are not in your workspace.',
  ],
] as const)('what makes no sense is refused before it begins: %o', async (on, wish, words) => {
  const body = { on, wish } as never
  expect(await refusalOf(desk.as('nora').call(createBulkAct, { body }))).toMatchObject({
    message: expect.stringContaining(words),
  })
})

test('in the panel: tick, choose, watch it, take it back', async () => {
  const tickets = await several(3)
  const panel = panelOf(desk, 'nora')
  const queue = await desk.as('nora').call(showQueue, { params: { view: 'tag' }, query: { of: category } })
  const form = await panel.press(queue, 'Several at once')
  const boxes = widgetsOf(form).find((widget) => widget.kind === 'check')
  expect(boxes?.choices.map(({ value }) => value).sort()).toEqual(tickets.map(({ id }) => id).sort())
  const nothing = await panel.press(form, 'Do it', { act: 'priority=urgent' })
  expect(textOf(nothing)).toContain('Tick at least one ticket, or choose all of this view.')
  const unclear = await panel.press(nothing, 'Do it', { which: 'all' })
  expect(textOf(unclear)).toContain('Choose what to do.')
  const begun = await panel.press(unclear, 'Do it', { which: 'all', act: 'priority=urgent' })
  expect(textOf(begun)).toContain('At work: 0 of 3 done so far.')
  await desk.settle()
  const ended = await panel.press(begun, 'Refresh')
  expect(textOf(ended)).toContain('3 changed.')
  await panel.press(ended, 'Undo')
  await desk.settle()
  const back = await panel.press(ended, 'Refresh')
  expect(textOf(back)).toContain('3 are as they were.')
  expect(buttonsOf(back).map(({ label }) => label)).not.toContain('Undo')
  const { items } = await desk.as('nora').call(getQueue, { params: { view: 'tag' }, query: { of: category } })
  expect(new Set(items.map(({ priority }) => priority))).toEqual(new Set(['normal']))
})
