import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { getTicketByNumber } from '../../shared/tickets.ts'
import type { DrivenPanel } from './support/driven-panel.ts'
import { type PanelDesk, startPanelDesk } from './support/panel-desk.ts'

/** A team at work in the panel: bundle, runtime, backend and database are real, and so are the cards that every feature describes. */
let desk: PanelDesk
beforeAll(async () => {
  desk = await startPanelDesk()
})
afterEach(() => desk.expectSound())
afterAll(() => desk.stop())

const numberOn = (shown: DrivenPanel): string => /TKT-\d{6}/.exec(shown.card().header?.title ?? '')?.[0] ?? ''

const ticketCalled = (number: string) => desk.as('nora').call(getTicketByNumber, { params: { number } })

test('who is on a ticket is seen by the others, on its card and in the queue', async () => {
  await desk.mailOf('ada@customer.example', 'Broken jar')
  const nora = await desk.openMail('nora', 'Broken jar')
  await nora.press('I am on it', { reply: 'Dear Ada,' })
  expect(nora.text()).toMatch(/You are on it until \d\d:\d\d/)
  expect(nora.values()).toMatchObject({ reply: 'Dear Ada,' })
  const sam = await desk.openMail('sam', 'Broken jar')
  expect(sam.text()).toMatch(/Nora is on it since \d\d:\d\d/)
  const home = await desk.openHomepage('sam')
  await home.choose('view', 'open')
  expect(home.text()).toContain('Nora is on it')
  await nora.press('I am done')
  await sam.press('Refresh')
  expect(sam.text()).not.toContain('is on it since')
})

test('taking over asks for a word, and the form leads back to the ticket with what was typed there', async () => {
  await desk.mailOf('ben@customer.example', 'Missing lid')
  const nora = await desk.openMail('nora', 'Missing lid')
  await nora.press('I am on it')
  const sam = await desk.openMail('sam', 'Missing lid')
  await sam.press('Take over', { reply: 'Dear Ben,' })
  expect(sam.depth()).toBe(2)
  await sam.press('Take over', { word: 'I have the parcel before me.' })
  expect(sam.depth()).toBe(1)
  expect(sam.text()).toContain('You are on it until')
  expect(sam.values()).toMatchObject({ reply: 'Dear Ben,' })
  await nora.press('Refresh')
  expect(nora.text()).toContain('Sam is on it since')
})

test('the card tells when the answer is due by the clock of its reader, and why', async () => {
  await desk.mailOf('cora@customer.example', 'When is it due?')
  const nora = await desk.openMail('nora', 'When is it due?')
  const due = nora.labels().find((label) => /^in \d+ (min|h|d) \(.*\d\d:\d\d\)$/.test(label))
  await nora.press(due ?? 'the due time')
  expect(nora.card().header?.title).toBe('Why is it due then?')
  expect(nora.text()).toContain('the clock starts')
  await nora.press('Back to the ticket')
  expect(nora.depth()).toBe(1)
})

test('two tickets of a customer are merged and taken apart again, by presses alone', async () => {
  await desk.mailOf('dora@customer.example', 'Where is it?')
  const first = numberOn(await desk.openMail('nora', 'Where is it?'))
  await desk.mailOf('dora@customer.example', 'Where is it, once more?')
  const nora = await desk.openMail('nora', 'Where is it, once more?')
  const second = numberOn(nora)
  const other = await ticketCalled(first)
  await nora.press('Merge, split, link', { reply: 'Dear Dora,' })
  await nora.press('Merge')
  await nora.press('Review', { tickets: [other.id] })
  expect(nora.card().header?.title).toBe('Review the merge')
  await nora.press('Merge')
  expect(nora.notification()).toMatch(/^Merged into TKT-/)
  const merged = [await ticketCalled(first), await ticketCalled(second)]
  expect(merged.map(({ voidReason }) => voidReason).sort()).toEqual(['merged', null])
  expect(merged.find(({ voidReason }) => voidReason === null)?.messageCount).toBe(2)
  await nora.press('Undo')
  for (const number of [first, second])
    expect(await ticketCalled(number)).toMatchObject({ voidReason: null, messageCount: 1 })
})

test('merging into nothing, or a number that does not exist, says so and keeps what was typed', async () => {
  await desk.mailOf('emil@customer.example', 'Alone')
  const nora = await desk.openMail('nora', 'Alone')
  await nora.press('Merge, split, link')
  await nora.press('Merge')
  await nora.press('Review', { numbers: 'TKT-999999' })
  expect(nora.text()).toContain('TKT-999999')
  expect(nora.values()).toMatchObject({ numbers: 'TKT-999999' })
  await nora.press('Back to the ticket')
  expect(nora.depth()).toBe(1)
})

test('escalating without a person is refused in the form, which keeps the words; with one it is theirs', async () => {
  await desk.mailOf('finn@customer.example', 'I want a manager')
  const nora = await desk.openMail('nora', 'I want a manager')
  await nora.press('Escalate', { note: 'Called twice' })
  await nora.press('Escalate', { text: 'He has called five times.' })
  expect(nora.text()).toContain('Choose why.')
  expect(nora.values()).toMatchObject({ text: 'He has called five times.' })
  await nora.press('Escalate', { toId: desk.staff.vera.id, reason: 'angry_customer' })
  await nora.press('Back to the ticket')
  expect(nora.text()).toContain('"topLabel":"Assignee","text":"Vera"')
  expect(nora.values()).toMatchObject({ note: 'Called twice' })
})

test('a ticket opens from the queue, and the arrow back leads to the view that was chosen', async () => {
  await desk.mailOf('gwen@customer.example', 'Chipped plate')
  const nora = await desk.openHomepage('nora')
  await nora.press(nora.labels().find((label) => label.startsWith('Unassigned')) ?? '')
  expect(nora.depth()).toBe(1)
  await nora.press('Chipped plate')
  expect(nora.depth()).toBe(2)
  await nora.press('Take')
  await nora.panel.handle({ act: 'back' })
  expect(nora.text()).toContain('"header":"Unassigned')
})

test('the next ticket is taken from the homepage and laid on top of it, so that the arrow back leads to the queue', async () => {
  await desk.mailOf('late@ada.example', 'Take me')
  const sam = await desk.openHomepage('sam')
  await sam.press('Take next')
  expect([sam.depth(), numberOn(sam)]).toEqual([2, expect.stringMatching(/^TKT-/)])
  await sam.panel.handle({ act: 'back' })
  expect(sam.text()).toContain('"header":"Mine')
})

test('the timeline says what happened in plain words, with the numbers and names of who is meant', async () => {
  const expected: [subject: string, words: RegExp][] = [
    ['Missing lid', /Took it over, with a word/],
    ['Where is it?', /(Merged into|merged in: 1 message|Merge of|Merge into) ?.*TKT-\d{6}/],
    ['I want a manager', /Escalated to Vera/],
    ['Chipped plate', /Given to Nora/],
  ]
  for (const [subject, words] of expected) {
    const nora = await desk.openMail('nora', subject)
    await nora.press('Timeline')
    expect(nora.text()).toMatch(words)
  }
})
