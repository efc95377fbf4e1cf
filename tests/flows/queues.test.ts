import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import type { PanelCard } from '../../shared/panel.ts'
import {
  chooseQueue,
  createSavedView,
  deleteSavedView,
  getQueue,
  listSavedViews,
  type QueueName,
  SavedFilter,
  type SavedViewInput,
  showQueue,
  showSavedViewForm,
  writeQueueSettings,
  writeSavedView,
} from '../../shared/queues.ts'
import {
  assignTicket,
  categoriseTicket,
  createTicket,
  getTicket,
  moveTicket,
  noteTicket,
  prioritiseTicket,
  type TicketCardView,
  type TicketPriority,
  type TicketStatus,
  tagTicket,
  voidTicket,
} from '../../shared/tickets.ts'
import { listCategories, putCategories } from '../../shared/triage.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { buttonOf, buttonsOf, callOf, fieldOf, panelOf, textOf, widgetsOf } from '../support/panel-hands.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let made = 0
/** A ticket that Nora made of a mail in front of her. */
const given = (subject: string, sentAt: Date = desk.clock.now()) =>
  desk.as('nora').call(createTicket, {
    body: {
      messageId: `<queue-${++made}@ada.example>`,
      subject,
      from: 'Ada Lovell <ada@ada.example>',
      sentAt: sentAt.toISOString(),
      text: 'Three lids and no jar.',
    },
  })

const fresh = (id: string) => desk.as('nora').call(getTicket, { params: { ticketId: id } })

async function take(who: 'nora' | 'sam', { id }: TicketCardView) {
  const body = { assigneeId: desk.staff[who].id, version: (await fresh(id)).version }
  return desk.as(who).call(assignTicket, { params: { ticketId: id }, body })
}

const move = async ({ id }: TicketCardView, status: TicketStatus) =>
  desk.as('nora').call(moveTicket, { params: { ticketId: id }, body: { status, version: (await fresh(id)).version } })

const prioritise = async ({ id }: TicketCardView, priority: TicketPriority) =>
  desk
    .as('nora')
    .call(prioritiseTicket, { params: { ticketId: id }, body: { priority, version: (await fresh(id)).version } })

const tag = ({ id }: TicketCardView, add: string[], remove: string[] = []) =>
  desk.as('nora').call(tagTicket, { params: { ticketId: id }, body: { add, remove } })

const queue = (view: QueueName, of?: string, who: StaffName = 'nora') =>
  desk.as(who).call(getQueue, { params: { view }, query: { limit: 50, ...(of && { of }) } })

const subjects = async (view: QueueName, of?: string, who?: StaffName) =>
  (await queue(view, of, who)).items.map(({ subject }) => subject)

const card = (view: QueueName, query: { of?: string; cursor?: string } = {}, who: StaffName = 'nora') =>
  desk.as(who).call(showQueue, { params: { view }, query })

/** When something is due is the clock's business; a queue only reads it. */
const due = (id: string, dueAt: Date) =>
  inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.ticket.update({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } }, data: { dueAt } }),
  )

const inMinutes = (minutes: number) => new Date(desk.clock.now().getTime() + minutes * 60_000)

test('each view holds its tickets, and every view tells the counts of all of them', async () => {
  const [mine, sams, nobodys] = [await given('Mine'), await given('Of Sam'), await given('Of nobody')]
  await take('nora', mine)
  await take('sam', sams)
  expect(await subjects('mine')).toEqual(['Mine'])
  expect(await subjects('mine', undefined, 'sam')).toEqual(['Of Sam'])
  expect(await subjects('unassigned')).toContain(nobodys.subject)
  const { counts } = await queue('open')
  expect(counts).toMatchObject({ mine: 1, unassigned: 1, open: 3, unanswered: 3, snoozed: 0, statuses: { new: 3 } })
})

test('what is due first comes first, then who waits longest; what is not due comes last', async () => {
  const long = await given('Waits long', inMinutes(-300))
  const short = await given('Waits shortly', inMinutes(-200))
  const soon = await given('Due early')
  const never = new Date('9999-12-31T00:00:00.000Z')
  for (const [ticket, at] of [
    [long, never],
    [short, never],
    [soon, inMinutes(5)],
  ] as const)
    await due(ticket.id, at)
  const shown = (await subjects('unassigned')).filter((subject) => /^(Waits|Due)/.test(subject))
  expect(shown).toEqual(['Due early', 'Waits long', 'Waits shortly'])
  expect((await subjects('breaching')).at(0)).toBe('Due early')
  expect(await subjects('breaching')).not.toContain('Waits long')
})

test('a row says what is due, who waits and who has it, in words', async () => {
  const ticket = await given('Words of a row')
  await due(ticket.id, inMinutes(42.5))
  await prioritise(ticket, 'urgent')
  await due(ticket.id, inMinutes(42.5))
  const text = textOf(await card('breaching'))
  expect(text).toContain(`${ticket.number} · New · Urgent: Words of a row: Ada Lovell · nobody · due in 42 min`)
  await due(ticket.id, inMinutes(-61))
  expect(textOf(await card('breaching'))).toContain('overdue by 1 h')
})

test('status, category and tag are views of their own, counted by name', async () => {
  const ticket = await given('Pending order')
  await move(ticket, 'pending')
  const { version } = await fresh(ticket.id)
  await desk
    .as('nora')
    .call(categoriseTicket, { params: { ticketId: ticket.id }, body: { category: 'technical', version } })
  await tag(ticket, ['VIP', 'glass jar'])
  expect(await subjects('status', 'pending')).toEqual(['Pending order'])
  expect(await subjects('category', 'technical')).toEqual(['Pending order'])
  expect(await subjects('tag', 'glass-jar')).toEqual(['Pending order'])
  const { counts } = await queue('mine')
  expect(counts.categories).toMatchObject({ technical: 1 })
  expect(counts.tags).toEqual({ 'glass-jar': 1, vip: 1 })
  await tag(ticket, [], ['vip'])
  await move(ticket, 'solved')
  expect((await queue('mine')).counts.tags).toEqual({})
  expect(await subjects('tag', 'glass-jar')).toEqual([])
  expect(await subjects('solved')).toContain('Pending order')
  await move(ticket, 'open')
  expect(await subjects('tag', 'glass-jar')).toEqual(['Pending order'])
})

test('spam is a view, and leaves the others', async () => {
  const ticket = await given('Cheap watches')
  await desk
    .as('nora')
    .call(voidTicket, { params: { ticketId: ticket.id }, body: { reason: 'spam', version: ticket.version } })
  expect(await subjects('spam')).toEqual(['Cheap watches'])
  expect(await subjects('open')).not.toContain('Cheap watches')
})

test('a view that has to be told which one says so, and one that nobody knows is refused', async () => {
  expect(await refusalOf(queue('tag'))).toMatchObject({ status: 400, message: 'Say which tag you want to see.' })
  expect(await refusalOf(queue('status', 'lost'))).toMatchObject({ message: 'There is no status «lost».' })
  for (const id of [undefined, 'my-view', '01890000-0000-7000-8000-000000000000'])
    expect(await refusalOf(queue('saved', id))).toMatchObject({ status: 404 })
  expect(await refusalOf(desk.as('nora').call(getQueue, { params: { view: 'nothing' } }))).toMatchObject({
    status: 400,
  })
})

test('the homepage shows ten tickets, and More goes on without gap or double, however far', async () => {
  for (let n = 0; n < 13; n++) await take('nora', await given(`Row ${n}`))
  const panel = panelOf(desk, 'nora')
  const seen: string[] = []
  for (let page = await card('mine'); ; page = await panel.press(page, 'More tickets')) {
    const rows = widgetsOf(page).flatMap((widget) =>
      widget.kind === 'fact' && widget.press?.kind === 'open' ? [widget.press.ticketId] : [],
    )
    seen.push(...rows)
    expect(rows.length).toBeLessThanOrEqual(10)
    if (!buttonsOf(page).some(({ label }) => label === 'More tickets')) break
  }
  const { items } = await queue('mine')
  expect(seen).toEqual(items.map(({ id }) => id))
  expect(new Set(seen).size).toBe(seen.length)
})

test('a cursor belongs to its view and its reader', async () => {
  const { next } = await desk.as('nora').call(getQueue, { params: { view: 'mine' }, query: { limit: 1 } })
  expect(next).not.toBeNull()
  for (const [who, view] of [
    ['sam', 'mine'],
    ['nora', 'open'],
  ] as const)
    expect(
      await refusalOf(desk.as(who).call(getQueue, { params: { view }, query: { limit: 1, cursor: next ?? '' } })),
    ).toMatchObject({ code: 'invalid_request' })
})

test('buttons and a drop-down lead from view to view, each with its count', async () => {
  const home = await card('mine')
  const { counts } = await queue('mine')
  expect(buttonOf(home, `Mine (${counts.mine})`).filled).toBe(true)
  const panel = panelOf(desk, 'nora')
  const unassigned = await panel.press(home, `Unassigned (${counts.unassigned})`)
  expect(fieldOf(unassigned, 'view')).toEqual(['unassigned'])
  const choice = widgetsOf(home).find((widget) => widget.kind === 'pick')
  expect(choice?.choices.map(({ label }) => label)).toEqual(
    expect.arrayContaining([`All open (${counts.open})`, 'Tag glass-jar (1)', 'Suspected spam (1)']),
  )
  const chosen = await desk.as('nora').call(chooseQueue, { body: { fields: { view: ['tag=glass-jar'] } } })
  expect(textOf(chosen)).toContain('Tag glass-jar (1)')
  expect(textOf(chosen)).toContain('Pending order')
  expect(await refusalOf(desk.as('nora').call(chooseQueue, { body: { fields: { view: ['lost'] } } }))).toMatchObject({
    message: 'Choose a view from the list.',
  })
})

test('a category is named as the workspace calls it, in lists, on the homepage, in drop-downs and in the form of a view', async () => {
  const named = (page: PanelCard, name: string) =>
    widgetsOf(page).flatMap((widget) => (widget.kind === 'pick' && widget.name === name ? widget.choices : []))
  const { version, items } = await desk.as('ada').call(listCategories)
  const renamed = items.map((one) => (one.id === 'technical' ? { ...one, labels: { en: 'Jars that leak' } } : one))
  await desk.as('ada').call(putCategories, { body: { version, items: renamed } })
  const shown = await card('category', { of: 'technical' })
  expect(textOf(shown)).toContain('Category Jars that leak (1)')
  expect(textOf(shown)).not.toContain('technical')
  expect(named(await card('mine'), 'view')).toContainEqual({
    value: 'category=technical',
    label: 'Category Jars that leak (1)',
    chosen: false,
  })
  const panel = panelOf(desk, 'nora')
  expect((await panel.press(shown, 'Several at once')).subtitle).toBe('Category Jars that leak')
  const form = await panel.press(shown, 'New view')
  expect(named(form, 'category').map(({ label }) => label)).toEqual([
    'Any category',
    'Order',
    'Product',
    'Billing',
    'Jars that leak',
    'Other',
  ])
  const saved = await panel.press(form, 'Save', { name: 'Leaks', category: 'technical' })
  expect(textOf(saved)).toContain('Leaks (1)')
  expect(textOf(saved)).toContain('Pending order')
  const change = await panel.press(saved, 'Change this view')
  expect(fieldOf(change, 'category')).toEqual(['technical'])
  await panel.press(change, 'Delete')
})

test('what a view names twice it holds and counts once', async () => {
  const twice = { priorities: ['urgent', 'urgent'], channels: ['mail', 'mail'], categories: ['Technical', 'technical'] }
  const filters = [{ priorities: twice.priorities, channels: twice.channels }, { categories: twice.categories }]
  for (const filter of filters as Partial<SavedViewInput['filter']>[]) {
    const { id } = await desk.as('nora').call(createSavedView, { body: view(`Twice ${++made}`, filter) })
    const { items, counts } = await queue('saved', id)
    expect(items).toHaveLength(1)
    expect(counts.saved[id]).toBe(1)
    await desk.as('nora').call(deleteSavedView, { params: { savedViewId: id } })
  }
})

test('who only reads is offered nothing to write', async () => {
  const labels = buttonsOf(await card('open', {}, 'frank')).map(({ label }) => label)
  expect(labels).not.toContain('Several at once')
})

const view = (name: string, filter: Partial<SavedViewInput['filter']>, more: Partial<SavedViewInput> = {}) => ({
  name,
  scope: 'own' as const,
  orderBy: 'due' as const,
  filter: SavedFilter.parse(filter),
  ...more,
})

test('a saved view holds what it asks for, in its order, with its count, for whom it was saved', async () => {
  const [low, high] = [await given('Low one'), await given('High one')]
  await prioritise(low, 'low')
  await prioritise(high, 'high')
  const saved = await desk.as('nora').call(createSavedView, {
    body: view('Not normal', { priorities: ['low', 'high', 'urgent'] }, { orderBy: 'priority' }),
  })
  expect(await subjects('saved', saved.id)).toEqual(['Words of a row', 'High one', 'Low one'])
  expect((await queue('mine')).counts.saved).toEqual({ [saved.id]: 3 })
  expect((await queue('mine', undefined, 'sam')).counts.saved).toEqual({})
  expect(await refusalOf(queue('saved', saved.id, 'sam'))).toMatchObject({ status: 404 })
  expect(textOf(await card('saved', { of: saved.id }))).toContain('Not normal (3)')
})

test('a view of whoever looks is another one for each', async () => {
  const body = view('My new ones', { assignee: 'reader', statuses: ['new'] }, { scope: 'workspace' })
  const saved = await desk.as('vera').call(createSavedView, { body })
  expect(await subjects('saved', saved.id, 'sam')).toEqual(['Of Sam'])
  expect(await subjects('saved', saved.id)).toContain('Row 1')
  expect((await queue('mine', undefined, 'sam')).counts.saved[saved.id]).toBe(1)
})

test('a tag, a wait, an age and a channel filter, each by what it says', async () => {
  const old = await given('Waits for days', inMinutes(-3 * 1440))
  await tag(old, ['slow'])
  const body = (filter: Parameters<typeof view>[1]) => ({ body: view(`View ${++made}`, filter) })
  const shown = async (filter: Parameters<typeof view>[1]) =>
    subjects('saved', (await desk.as('nora').call(createSavedView, body(filter))).id)
  expect(await shown({ tags: ['Slow'] })).toEqual(['Waits for days'])
  expect(await shown({ waitMinutes: 2 * 1440 })).toEqual(['Waits for days'])
  expect(await shown({ tags: ['slow'], createdDays: 1 })).toEqual([])
  expect(await shown({ channels: ['call'] })).toEqual([])
  expect(await shown({ assignee: 'person', assigneeId: desk.staff.sam.id })).toEqual(['Of Sam'])
})

test('a view of several tags holds what has all of them, and counts the same', async () => {
  const [both, one] = [await given('Both tags'), await given('One tag')]
  await tag(both, ['glass', 'gift'])
  await tag(one, ['glass'])
  const saved = await desk
    .as('nora')
    .call(createSavedView, { body: view('Both', { tags: ['Glass', 'gift', 'glass'] }) })
  expect(saved.filter.tags).toEqual(['glass', 'gift'])
  expect(await subjects('saved', saved.id)).toEqual(['Both tags'])
  expect((await queue('mine')).counts.saved[saved.id]).toBe(1)
  const form = await desk.as('nora').call(showSavedViewForm, { query: { view: saved.id } })
  expect(fieldOf(form, 'tags')).toBe('glass, gift')
  const changed = await panelOf(desk, 'nora').press(form, 'Save', { name: 'Glass', tags: 'glass' })
  expect((await queue('mine')).counts.saved[saved.id]).toBe(2)
  const again = await panelOf(desk, 'nora').press(changed, 'Change this view')
  await panelOf(desk, 'nora').press(again, 'Save', { name: 'Emptied', status: 'on_hold' }) // no tags: that field was emptied
  const { items } = await desk.as('nora').call(listSavedViews)
  expect(items.find(({ id }) => id === saved.id)).toMatchObject({ name: 'Emptied', filter: { tags: [] } })
})

test('a supervisor says how far «Due next» reaches, on its page, and cards and counts follow', async () => {
  const before = (await queue('breaching')).counts.breaching
  const vera = visitor(desk, 'vera')
  expect((await vera.open('/settings')).text).toContain('href="/settings/queues"')
  const refused = await vera.send('/settings/queues', { dueNext: 'soon' })
  expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('value="soon"') })
  expect((await vera.send('/settings/queues', { dueNext: '5760' })).text).toContain('Saved.')
  expect((await queue('breaching')).counts.breaching).toBeGreaterThan(before)
  await desk.as('vera').call(writeQueueSettings, { body: { dueNextMinutes: 5 } })
  expect((await queue('breaching')).counts.breaching).toBeLessThanOrEqual(before)
  expect((await visitor(desk, 'ada').open('/settings/changes')).text).toContain('Saved views')
  await desk.as('vera').call(writeQueueSettings, { body: { dueNextMinutes: 240 } })
})

test('finished work can be saved as a view of a week', async () => {
  const ticket = await given('Solved today')
  await move(ticket, 'solved')
  const { id } = await desk
    .as('nora')
    .call(createSavedView, { body: view('Solved', { statuses: ['solved'], activeDays: 7 }, { orderBy: 'active' }) })
  expect(await subjects('saved', id)).toEqual(['Solved today'])
})

test('what was solved last stands first among the recently solved, whoever wrote since, and says when', async () => {
  const [first, second, third] = [await given('Solved 1'), await given('Solved 2'), await given('Solved 3')]
  for (const ticket of [second, third, first]) {
    await desk.travel('1 min')
    await move(ticket, 'solved')
  }
  const solved = async () => (await subjects('solved')).filter((subject) => /^Solved \d/.test(subject))
  expect(await solved()).toEqual(['Solved 1', 'Solved 3', 'Solved 2'])
  await desk.as('nora').call(noteTicket, { params: { ticketId: second.id }, body: { text: 'Filed.' } })
  await desk.travel('1 min')
  await move(third, 'open')
  await desk.travel('1 min')
  await move(third, 'solved')
  expect(await solved()).toEqual(['Solved 3', 'Solved 1', 'Solved 2'])
  const at = (await queue('solved')).items[0]?.solvedAt
  expect(Date.parse(at ?? '')).toBeGreaterThan(desk.clock.now().getTime() - 60_000)
  expect(textOf(await card('solved'))).toContain(`solved {{${at}}}`)
  const { next } = await desk.as('nora').call(getQueue, { params: { view: 'solved' }, query: { limit: 1 } })
  const after = await desk
    .as('nora')
    .call(getQueue, { params: { view: 'solved' }, query: { limit: 1, cursor: next ?? '' } })
  expect(after.items.map(({ subject }) => subject)).toEqual(['Solved 1'])
})

test.each([
  [{ statuses: ['open', 'solved'] }, {}, 'Open and solved tickets cannot be in one view'],
  [{ statuses: ['solved', 'closed'], activeDays: 7 }, { orderBy: 'active' }, 'Choose solved or closed, not both'],
  [{ statuses: ['closed'] }, { orderBy: 'active' }, 'reaches back 7 days at most'],
  [{ statuses: ['closed'], activeDays: 90 }, { orderBy: 'active' }, 'reaches back 7 days at most'],
  [{ statuses: ['solved'], activeDays: 7 }, {}, 'is ordered by their newest message'],
  [{ statuses: ['solved'], activeDays: 7, waitMinutes: 60 }, { orderBy: 'active' }, 'nobody waits'],
  [{ statuses: ['pending'], waitMinutes: 60 }, {}, 'While a ticket is pending its customer does not wait'],
  [{ createdDays: 1, waitMinutes: 3_000 }, {}, 'Nobody can wait longer than their ticket exists'],
  [{ assignee: 'person' }, {}, 'Say whose tickets you want to see'],
  [{ mailboxId: '01890000-0000-7000-8000-000000000000' }, {}, 'There is no such mailbox'],
  [{ categories: ['lost'] }, {}, 'There is no category «lost». Choose from order, product, billing, technical, other.'],
] as [Partial<SavedViewInput['filter']>, Partial<SavedViewInput>, string][])(
  'a view that cannot be is refused when it is saved: %o',
  async (filter, more, words) => {
    const refused = await refusalOf(desk.as('nora').call(createSavedView, { body: view(`No ${++made}`, filter, more) }))
    expect(refused).toMatchObject({ status: 400, code: 'invalid_request', message: expect.stringContaining(words) })
  },
)

test("the workspace's views are written by who leads it, one's own by oneself", async () => {
  const refused = await refusalOf(
    desk.as('sam').call(createSavedView, { body: view('All', {}, { scope: 'workspace' }) }),
  )
  expect(refused).toMatchObject({
    status: 403,
    message: 'A supervisor or an admin saves views for everybody. Save it as your own.',
  })
  const shared = await desk.as('ada').call(createSavedView, { body: view('For all', {}, { scope: 'workspace' }) })
  const params = { savedViewId: shared.id }
  expect(await refusalOf(desk.as('sam').call(deleteSavedView, { params }))).toMatchObject({ status: 403 })
  const sees = async (who: StaffName) =>
    (await desk.as(who).call(listSavedViews)).items.find(({ id }) => id === shared.id)?.mayWrite
  expect([await sees('sam'), await sees('vera')]).toEqual([false, true])
  expect(
    await refusalOf(desk.as('vera').call(createSavedView, { body: view('For all', {}, { scope: 'workspace' }) })),
  ).toMatchObject({
    message: 'There is a view «For all» already. Choose another name, or change that one.',
  })
  const changed = await desk
    .as('vera')
    .call(writeSavedView, { params, body: view('For everybody', { priorities: ['urgent'] }, { scope: 'workspace' }) })
  expect(changed).toMatchObject({ name: 'For everybody', filter: { priorities: ['urgent'] } })
  await desk.as('vera').call(deleteSavedView, { params })
  const { text } = await visitor(desk, 'ada').open('/settings/changes')
  expect(text.match(/For everybody/g)?.length).toBeGreaterThanOrEqual(2)
  expect(await refusalOf(queue('saved', shared.id))).toMatchObject({ status: 404 })
})

test('a view is made, changed and deleted in the panel; what is wrong comes back with everything typed', async () => {
  const panel = panelOf(desk, 'nora')
  const form = await panel.press(await card('mine'), 'New view')
  const typed = { name: 'Urgent and mine', status: 'solved', priority: 'high+urgent', assignee: 'reader', wait: '60' }
  const wrong = await panel.press(form, 'Save', typed)
  expect(textOf(wrong)).toContain('On a solved ticket nothing is due and nobody waits.')
  expect(fieldOf(wrong, 'name')).toBe('Urgent and mine')
  expect(fieldOf(wrong, 'priority')).toEqual(['high+urgent'])
  const saved = await panel.press(wrong, 'Save', { ...typed, status: 'any', wait: 'any' })
  expect(saved.say).toBe('«Urgent and mine» is saved')
  const change = await panel.press(saved, 'Change this view')
  expect(fieldOf(change, 'priority')).toEqual(['high+urgent'])
  const renamed = await panel.press(change, 'Save', { name: 'Urgent' })
  expect(textOf(renamed)).toContain('Urgent (0)')
  const home = await panel.press(await panel.press(renamed, 'Change this view'), 'Delete')
  expect(home.say).toBe('The view is deleted')
  expect(textOf(home)).not.toContain('Urgent (0)')
  expect(callOf(buttonOf(home, 'New view')).path).toBe('/v1/saved-view-form')
  expect(textOf(await desk.as('nora').call(showSavedViewForm))).not.toContain('Everybody')
})
