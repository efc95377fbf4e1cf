import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  createSavedView,
  deleteSavedView,
  listSavedViews,
  type SavedViewInput,
  showSavedViewForm,
  writeSavedView,
} from '../../shared/queues.ts'
import { categoriseTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { buttonOf, callOf, fieldOf, panelOf, textOf } from '../support/panel-hands.ts'
import { queueHands } from '../support/queue-hands.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const { given, fresh, take, move, prioritise, tag, queue, subjects, card, inMinutes, view, next } = queueHands(
  () => desk,
)

test('what a view names twice it holds and counts once', async () => {
  const urgent = await given('Urgent one')
  await prioritise(urgent, 'urgent')
  const body = { category: 'technical', version: (await fresh(urgent.id)).version }
  await desk.as('nora').call(categoriseTicket, { params: { ticketId: urgent.id }, body })
  const twice = { priorities: ['urgent', 'urgent'], channels: ['mail', 'mail'], categories: ['Technical', 'technical'] }
  const filters = [{ priorities: twice.priorities, channels: twice.channels }, { categories: twice.categories }]
  for (const filter of filters as Partial<SavedViewInput['filter']>[]) {
    const { id } = await desk.as('nora').call(createSavedView, { body: view(`Twice ${next()}`, filter) })
    const { items, counts } = await queue('saved', id)
    expect(items).toHaveLength(1)
    expect(counts.saved[id]).toBe(1)
    await desk.as('nora').call(deleteSavedView, { params: { savedViewId: id } })
  }
})

test('a saved view holds what it asks for, in its order, with its count, for whom it was saved', async () => {
  const [low, high] = [await given('Low one'), await given('High one')]
  await prioritise(low, 'low')
  await prioritise(high, 'high')
  const saved = await desk.as('nora').call(createSavedView, {
    body: view('Not normal', { priorities: ['low', 'high', 'urgent'] }, { orderBy: 'priority' }),
  })
  expect(await subjects('saved', saved.id)).toEqual(['Urgent one', 'High one', 'Low one'])
  expect((await queue('mine')).counts.saved).toEqual({ [saved.id]: 3 })
  expect((await queue('mine', undefined, 'sam')).counts.saved).toEqual({})
  expect(await refusalOf(queue('saved', saved.id, 'sam'))).toMatchObject({ status: 404 })
  expect(textOf(await card('saved', { of: saved.id }))).toContain('Not normal (3)')
})

test('a view of whoever looks is another one for each', async () => {
  await take('sam', await given('Of Sam'))
  await take('nora', await given('Of Nora'))
  const body = view('My new ones', { assignee: 'reader', statuses: ['new'] }, { scope: 'workspace' })
  const saved = await desk.as('vera').call(createSavedView, { body })
  expect(await subjects('saved', saved.id, 'sam')).toEqual(['Of Sam'])
  expect(await subjects('saved', saved.id)).toEqual(['Of Nora'])
  expect((await queue('mine', undefined, 'sam')).counts.saved[saved.id]).toBe(1)
})

test('a tag, a wait, an age and a channel filter, each by what it says', async () => {
  const old = await given('Waits for days', inMinutes(-3 * 1440))
  await tag(old, ['slow'])
  const body = (filter: Parameters<typeof view>[1]) => ({ body: view(`View ${next()}`, filter) })
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

test('finished work can be saved as a view of a week', async () => {
  const ticket = await given('Solved today')
  await move(ticket, 'solved')
  const { id } = await desk
    .as('nora')
    .call(createSavedView, { body: view('Solved', { statuses: ['solved'], activeDays: 7 }, { orderBy: 'active' }) })
  expect(await subjects('saved', id)).toEqual(['Solved today'])
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
    const refused = await refusalOf(desk.as('nora').call(createSavedView, { body: view(`No ${next()}`, filter, more) }))
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
