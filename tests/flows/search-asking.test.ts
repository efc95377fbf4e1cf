import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mergeTickets } from '../../shared/merging.ts'
import { sendSearch, showSearch } from '../../shared/search.ts'
import {
  assignTicket,
  categoriseTicket,
  moveTicket,
  prioritiseTicket,
  tagTicket,
  voidTicket,
} from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { buttonOf, panelOf, textOf, widgetsOf } from '../support/panel-hands.ts'
import { searchHands } from '../support/search-hands.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const { given, ask, subjects, fresh, tag } = searchHands(() => desk)

test('numbers of orders are found however they are written, and a ticket by its number', async () => {
  const ticket = await given({ subject: 'Where is it', text: 'My order is #FF-77418, thanks' })
  for (const q of ['77418', 'FF-77418', 'ff77418', '#FF 77418'])
    expect([q, await subjects(q)]).toEqual([q, ['Where is it']])
  expect(await subjects(ticket.number)).toEqual(['Where is it'])
  expect(await subjects(ticket.number.replace(/^TKT-0*/, '#tkt-'))).toEqual(['Where is it'])
  expect(await subjects('TKT-999999')).toEqual([])
  expect(await subjects('order:99999')).toEqual([])
})

test('operators filter by status, person, priority, category, tag and day', async () => {
  const old = await given({ subject: 'Old heron', text: 'heron', days: 40 })
  const taken = await given({ subject: 'Taken heron', text: 'heron' })
  const { version } = taken
  await desk.as('nora').call(assignTicket, {
    params: { ticketId: taken.id },
    body: { assigneeId: desk.staff.sam.id, version },
  })
  await desk.as('nora').call(prioritiseTicket, {
    params: { ticketId: taken.id },
    body: { priority: 'urgent', version: (await fresh(taken)).version },
  })
  await desk.as('nora').call(categoriseTicket, {
    params: { ticketId: taken.id },
    body: { category: 'Billing', version: (await fresh(taken)).version },
  })
  await tag(taken, 'VIP', "o'neill \\ & co")
  await desk.as('nora').call(moveTicket, {
    params: { ticketId: old.id },
    body: { status: 'solved', version: (await fresh(old)).version },
  })
  const day = (days: number) => new Date(desk.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const only = async (q: string) => [q, await subjects(q)]
  for (const operator of [
    'status:solved',
    'is:solved',
    'assignee:nobody is:solved',
    `before:${day(-30)}`,
    `after:${day(-45)} before:${day(-30)}`,
  ])
    expect(await only(`heron ${operator}`)).toEqual([`heron ${operator}`, ['Old heron']])
  for (const operator of [
    'assignee:sam',
    'priority:urgent',
    'category:billing',
    'tag:vip',
    'is:open -old',
    `after:${day(-30)}`,
    'tag:"o\'neill \\ & co"',
  ])
    expect(await only(`heron ${operator}`)).toEqual([`heron ${operator}`, ['Taken heron']])
  expect(await subjects('heron is:mine', {}, 'sam')).toEqual(['Taken heron'])
  expect(await subjects('heron is:mine')).toEqual([])
  expect(await subjects('tag:vip')).toEqual(['Taken heron'])
  expect(await subjects('tag:"o\'neill \\ & co"')).toEqual(['Taken heron'])
  expect(await subjects('assignee:sam priority:urgent')).toEqual(['Taken heron'])
  expect(await subjects('billing vip')).toEqual(['Taken heron'])
})

test('a tag that was taken off finds nothing any more', async () => {
  const ticket = await given({ subject: 'Once tagged' })
  await tag(ticket, 'ephemeral')
  expect(await subjects('ephemeral')).toEqual(['Once tagged'])
  await desk.as('nora').call(tagTicket, { params: { ticketId: ticket.id }, body: { add: [], remove: ['ephemeral'] } })
  expect(await subjects('ephemeral')).toEqual([])
  expect(await subjects('tag:ephemeral')).toEqual([])
})

test('void tickets are found when they are asked for, and only then', async () => {
  const spam = await given({ subject: 'Cheap gadolinium', text: 'gadolinium' })
  await desk.as('nora').call(voidTicket, {
    params: { ticketId: spam.id },
    body: { reason: 'spam', version: (await fresh(spam)).version },
  })
  expect(await subjects('gadolinium')).toEqual([])
  expect(await subjects('gadolinium is:merged')).toEqual([])
  expect(await subjects('gadolinium is:spam')).toEqual(['Cheap gadolinium'])
  expect(await subjects('gadolinium is:void')).toEqual(['Cheap gadolinium'])
  expect(await subjects(spam.number)).toEqual(['Cheap gadolinium'])
})

test('what was merged is found at its survivor', async () => {
  const survivor = await given({ subject: 'Survivor' })
  const merged = await given({ subject: 'Goes away', text: 'the ytterbium jar' })
  await desk.as('nora').call(mergeTickets, { params: { ticketId: survivor.id }, body: { ticketIds: [merged.id] } })
  expect(await subjects('ytterbium')).toEqual(['Survivor'])
})

test('pages reach the last hit, each once, also when mail comes in between', async () => {
  for (let n = 0; n < 23; n++) await given({ subject: `Albatross ${n}`, text: 'albatross', days: 1 })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page = await ask('albatross', { limit: 5, ...(cursor && { cursor }) })
    seen.push(...page.items.map(({ subject }) => subject))
    if (seen.length === 5) await given({ subject: 'Albatross late', text: 'albatross' })
    cursor = page.next
  } while (cursor !== null)
  expect(seen).toHaveLength(23)
  expect(new Set(seen).size).toBe(23)
})

test('a cursor of another question or another person is refused', async () => {
  const { next } = await ask('albatross', { limit: 5 })
  const cursor = next ?? ''
  expect(await refusalOf(ask('heron', { cursor }))).toMatchObject({ status: 400 })
  expect(await refusalOf(ask('albatross', { cursor }, 'sam'))).toMatchObject({ status: 400 })
  expect(await refusalOf(ask('albatross', { cursor, order: 'best' }))).toMatchObject({ status: 400 })
})

test('the best hits come first on request, page by page', async () => {
  await given({ subject: 'Little', text: `okapi ${'and much else '.repeat(50)}` })
  await given({ subject: 'Okapi okapi okapi', text: 'okapi okapi', days: 5 })
  expect(await subjects('okapi')).toEqual(['Little', 'Okapi okapi okapi'])
  expect(await subjects('okapi', { order: 'best' })).toEqual(['Okapi okapi okapi', 'Little'])
  const first = await ask('okapi', { order: 'best', limit: 1 })
  expect(await subjects('okapi', { order: 'best', limit: 1, cursor: first.next ?? '' })).toEqual(['Little'])
})

test.each([
  ['', /Type a word/],
  ['🎁 … "" --', /Type a word/],
  ['-refund', /Leaving words out/],
  ['status:opne', /status:opne is not known.*status:open/],
  ['is:constructor', /is:constructor is not known/],
  ['before:tomorrowish', /before: takes a day/],
  ['after:2026-02-30', /after: takes a day/],
  ['assignee:zaphod', /Nobody on your team is called «zaphod»/],
  ['from: ada', /from: needs something after it/],
  ['status: open', /status: needs something after it/],
  ['-status:open jar', /Only words can be left out/],
  ['order:-- jar', /order: takes the number/],
  [`${'word '.repeat(60)}`, /at most 40 words/],
  ['x'.repeat(501), /at most 500 characters/],
])('«%s» is answered with how to ask', async (q, words) => {
  const refusal = await refusalOf(ask(q))
  expect(refusal.status).toBe(400)
  expect(refusal.message).toMatch(words)
})

test.each([
  'zero\u0000byte',
  '\u202ejar\u202c',
  '"never closed',
  "it's & | ! ( ) <-> :* 'quoted' \\ back",
  '((((',
  'a:b:c:d',
  'http://shop.example/a?b=c&d=e',
  '*',
  'x*y*z*',
  `"${'very '.repeat(90)}long"`,
  'é'.repeat(500),
  '1e5 0x1f -5 3.14 10.0.0.1 a/b/c.txt',
  "tag:'; drop table desk.ticket; --",
  'the and of',
  'from:"" subject:* tag:"" -',
  '-'.repeat(500),
  '"'.repeat(499),
  'from:from:from:ada',
  `${'(a* & !b) | '.repeat(40)}`,
  '\ud800 lone',
  'e\u0301\u0302\u0303'.repeat(120),
  '%_%\\%_',
  'order:1e308 order:-1',
  'before:9999-12-31 after:0001-01-01',
  'tkt-99999999999999999999',
  '\u2028\u2029\ufeff\u200b',
])('«%s» never breaks a search', async (q) => {
  const answer = await ask(q).then(
    ({ items }) => ({ status: 200, items: items.length }),
    ({ status }: { status: number }) => ({ status, items: 0 }),
  )
  expect([200, 400]).toContain(answer.status)
})

test('what looks like an operator and is none is said so', async () => {
  await given({ subject: 'Colour', text: 'colour red' })
  expect(await ask('colour:red')).toMatchObject({
    remark: expect.stringMatching(/^colour: was searched for as a word/),
  })
})

test('the panel searches, shows what it found, turns pages and opens a ticket', async () => {
  const hands = panelOf(desk, 'nora')
  const empty = await desk.as('nora').call(showSearch, { query: {} })
  expect(textOf(empty)).toMatch(/How to ask/)
  expect(buttonOf(empty, 'Search').press).toMatchObject({ method: 'POST', path: '/v1/search-cards', lay: 'update' })
  const found = await desk.as('nora').call(sendSearch, { body: { fields: { q: ['albatross'] } } })
  expect(widgetsOf(found).filter((widget) => widget.kind === 'fact')).toHaveLength(10)
  expect(textOf(found)).toMatch(/«albatross»/)
  const more = await hands.press(found, 'More')
  expect(widgetsOf(more).filter((widget) => widget.kind === 'fact')).toHaveLength(10)
  expect(textOf(await hands.press(found, 'Best first'))).toMatch(/Best of the newest 1,000/)
})

test('a question that cannot be asked comes back as it was typed, with the reason', async () => {
  for (const q of ['status:opne', 'x'.repeat(3_000)]) {
    const card = await desk.as('nora').call(sendSearch, { body: { fields: { q: [q] } } })
    expect(textOf(card)).toMatch(/is not known|at most 500/)
    expect(JSON.stringify(card)).toContain(q.slice(0, 400))
  }
})
