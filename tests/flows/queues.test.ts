import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { PanelCard } from '../../shared/panel.ts'
import { chooseQueue, getQueue, writeQueueSettings } from '../../shared/queues.ts'
import { categoriseTicket, noteTicket, voidTicket } from '../../shared/tickets.ts'
import { listCategories, putCategories } from '../../shared/triage.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { buttonOf, buttonsOf, fieldOf, panelOf, textOf, widgetsOf } from '../support/panel-hands.ts'
import { queueHands } from '../support/queue-hands.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const { given, fresh, take, move, prioritise, tag, queue, subjects, card, due, inMinutes } = queueHands(() => desk)

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

test('who only reads is offered nothing to write', async () => {
  const labels = buttonsOf(await card('open', {}, 'frank')).map(({ label }) => label)
  expect(labels).not.toContain('Several at once')
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
