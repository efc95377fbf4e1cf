import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { addDomain, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { fileNewMails } from '../../backend/features/tickets/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { newId } from '../../backend/platform/ids.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { renameCustomer } from '../../shared/customers.ts'
import { mergeTickets } from '../../shared/merging.ts'
import { snoozeTicket } from '../../shared/queues.ts'
import { type SearchOrder, searchTickets, sendSearch, showSearch } from '../../shared/search.ts'
import {
  assignTicket,
  categoriseTicket,
  createTicket,
  getTicket,
  moveTicket,
  noteTicket,
  prioritiseTicket,
  type TicketCardView,
  tagTicket,
  voidTicket,
} from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { buttonOf, panelOf, textOf, widgetsOf } from '../support/panel-hands.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let made = 0
type Mail = { subject?: string; text?: string; from?: string; days?: number; answers?: string }

/** A ticket that Nora made of a mail in front of her. */
const given = ({
  subject = 'Hello',
  text = 'Nothing.',
  from = 'Ada Lovell <ada@ada.example>',
  days = 0,
  answers,
}: Mail) =>
  desk.as('nora').call(createTicket, {
    body: {
      messageId: `<search-${++made}@ada.example>`,
      references: answers === undefined ? [] : [answers],
      subject,
      from,
      sentAt: new Date(desk.clock.now().getTime() - days * 86_400_000 - (1_000 - made)).toISOString(),
      text,
    },
  })

type More = { order?: SearchOrder; cursor?: string; limit?: number }
const ask = (q: string, more: More = {}, who: StaffName = 'nora') =>
  desk.as(who).call(searchTickets, { query: { order: 'newest', limit: 20, ...more, q } })

const subjects = async (q: string, more: More = {}, who?: StaffName) =>
  (await ask(q, more, who)).items.map(({ subject }) => subject)

const fresh = ({ id }: TicketCardView) => desk.as('nora').call(getTicket, { params: { ticketId: id } })
const tag = ({ id }: TicketCardView, ...add: string[]) =>
  desk.as('nora').call(tagTicket, { params: { ticketId: id }, body: { add } })

test('a word is found in a subject, a text, a note and a name; the newest hit comes first, each ticket once', async () => {
  await given({ subject: 'The quokka', days: 3 })
  const second = await given({ subject: 'Second', text: 'My QUOKKA again, a quokka indeed', days: 1 })
  await given({ subject: 'Third', from: 'Quokka Smith <smith@ada.example>', days: 2 })
  expect(await subjects('quokka')).toEqual(['Second', 'Third', 'The quokka'])
  await desk
    .as('sam')
    .call(noteTicket, { params: { ticketId: second.id }, body: { text: 'Rang the wombat, no answer.' } })
  const { items } = await ask('wombat')
  expect(items.map(({ number, found }) => [number, found.author])).toEqual([[second.number, 'Sam']])
})

test('a name that has another form as a word is found where it stands in a sender alone, also beside other words', async () => {
  await given({ subject: 'From a sender', from: 'Alice Hughes <ah@names.example>', text: 'Two numbats, please' })
  for (const q of ['alice', 'Hughes', 'alice hughes', 'alice numbat', 'from:alice', '"Alice Hughes"', 'numbats -jones'])
    expect([q, await subjects(q)]).toEqual([q, ['From a sender']])
  for (const q of ['alice wombats', 'numbats -hughes', '-alice numbat']) expect([q, await subjects(q)]).toEqual([q, []])
})

test('words are found in other forms, with and without accents, in English and in German', async () => {
  await given({ subject: 'Forms', text: 'Zoë ordered marigolds; die Gläser sind zerbrochen, Straße 5' })
  for (const q of ['zoe', 'ZOË', 'marigold', 'marigolds', 'ordering marigolds', 'glas', 'Gläsern', 'strasse', 'straße'])
    expect([q, await subjects(q)]).toEqual([q, ['Forms']])
  expect(await subjects('marigoldish')).toEqual([])
})

test.each([
  ['French', 'Le bocal est arrivé fêlé à Besançon', ['fêlé', 'fele', 'ARRIVÉ', 'besancon', '"bocal est arrive"']],
  ['Spanish', 'El frasco llegó roto, señor Muñoz', ['llego', 'LLEGÓ', 'munoz', 'Muñoz', '"senor munoz"']],
  ['Italian', 'Perché il vasetto è già rotto?', ['perche', 'gia', 'Perché']],
  ['Dutch', 'Geïrriteerd: de pot is één keer gevallen', ['geirriteerd', 'een keer', '"één keer"']],
  ['Portuguese', 'A encomenda não chegou à Conceição', ['conceicao', 'nao chegou', 'Conceição']],
  ['Polish', 'Słoik jest stłuczony, proszę o zwrot, Łódź', ['sloik', 'stłuczony', 'prosze', 'lodz', 'ŁÓDŹ']],
  ['Swedish', 'Burken är sprucken i Gävle', ['gavle', 'Gaevle', 'sprucken']],
  ['Danish', 'Glasset er gået i stykker på Ærø', ['aero', 'Ærø', 'stykker']],
  ['Greek', 'Το βάζο ήρθε σπασμένο', ['σπασμενο', 'ΒΆΖΟ']],
  ['Russian', 'Ёлочная банка разбита', ['елочная', 'БАНКА', 'разбит*']],
  ['Turkish', 'Kavanoz kırık geldi, İstanbul', ['kirik', 'istanbul', 'kırık']],
  ['Arabic', 'وصلت الجرة مكسورة', ['مكسورة']],
  ['Hebrew', 'הצנצנת הגיעה שבורה', ['שבורה']],
  ['Korean', '항아리가 깨져서 왔어요', ['깨져서', '항아*']],
  ['Chinese', '罐子到的时候已经碎了', ['罐子', '已经碎了']],
  ['Thai', 'ขวดโหลแตกเมื่อมาถึง', ['แตก', 'โหล']],
])(
  'words of a mail in %s are found with and without accents, and marked as they stand there',
  async (subject, text, asked) => {
    await given({ subject: `In ${subject}`, text: text.normalize('NFD') })
    for (const q of asked) {
      const { items } = await ask(q)
      expect([q, items.map((hit) => hit.subject)]).toEqual([q, [`In ${subject}`]])
      expect([q, items[0]?.found.marks.length]).not.toEqual([q, 0])
    }
  },
)

test('a name is found by either spelling, and whoever is called otherwise now by both names', async () => {
  const ticket = await given({ subject: 'Größe', text: 'Grüße aus Århus', from: 'Jörg Müller <jm@north.example>' })
  await given({ subject: 'Written out', text: 'Gruesse', from: 'Eva Mueller <eva@north.example>' })
  const both = ['Written out', 'Größe']
  for (const q of ['from:Müller', 'from:mueller', 'Mueller', 'MÜLLER', 'Gruesse', 'grüße', 'from:"müller" from:north'])
    expect([q, await subjects(q)]).toEqual([q, both])
  for (const q of ['from:joerg', 'subject:groesse', 'aarhus', '"jörg müller"', 'muell* joerg'])
    expect([q, await subjects(q)]).toEqual([q, ['Größe']])
  expect(await subjects('mueller -joerg')).toEqual(['Written out'])
  const { excerpt, marks } = (await ask('gruesse joerg')).items[0]?.found ?? { excerpt: '', marks: [] }
  expect(marks.map(({ start, length }) => excerpt.slice(start, start + length))).toEqual(['Grüße'])
  await desk.as('nora').call(renameCustomer, {
    params: { customerId: ticket.customer.id },
    body: { name: 'Jörg Quenby' },
  })
  await desk.settle()
  for (const q of ['quenby', 'from:quenby', 'joerg müller']) expect([q, await subjects(q)]).toEqual([q, ['Größe']])
})

test('what is snoozed, and what has a file, is found when it is asked for', async () => {
  const quiet = await given({ subject: 'Plain', text: 'kingfisher' })
  await desk.as('nora').call(snoozeTicket, { params: { ticketId: quiet.id }, body: { until: 'tomorrow' } })
  await withFile('Filed', 'kingfisher')
  expect(await subjects('kingfisher')).toEqual(['Filed', 'Plain'])
  expect(await subjects('kingfisher is:snoozed')).toEqual(['Plain'])
  expect(await subjects('kingfisher has:attachment')).toEqual(['Filed'])
  expect(await subjects('has:attachment is:unassigned')).toEqual(['Filed'])
})

/** A mail with a file, as the archive brings it. */
const withFile = (subject: string, text: string) =>
  inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    const messageId = `<search-${++made}@ada.example>`
    const bytes = {
      id: newId(tx.now),
      hash: `none/${made}`,
      size: 1,
      contentType: 'image/jpeg',
      scan: 'unscanned',
      fresh: true,
    } as const
    const file = { contentId: null, inline: false, file: bytes }
    const mail = { mailboxId: null, mailKey: messageId, references: [], messageId, subject, text, excerpt: text }
    const from = { name: 'Ada', address: 'ada@ada.example' }
    const rest = { from, provenKey: null, to: [], cc: [], automatic: false, historical: false, raw: null }
    const attachments = [{ id: newId(tx.now), name: 'jar.jpg', ...file }]
    const box = await desk.ctx.keyring.box(tx)
    await fileNewMails(tx, box, [{ ...mail, ...rest, sentAt: tx.now, attachments }], desk.ctx.begin)
  })

test('phrases stand together, a star stands for an ending, a dash leaves out', async () => {
  await given({ subject: 'Near', text: 'the teal lantern broke' })
  await given({ subject: 'Far', text: 'teal is the colour of my lantern' })
  expect(await subjects('teal lantern')).toEqual(['Far', 'Near'])
  expect(await subjects('"teal lantern"')).toEqual(['Near'])
  expect(await subjects('“teal lantern”')).toEqual(['Near'])
  expect(await subjects('lanter*')).toEqual(['Far', 'Near'])
  expect(await subjects('lantern -broke')).toEqual(['Far'])
  expect(await subjects('lantern -"teal lantern"')).toEqual(['Far'])
  expect(await subjects('lantern -subject:far')).toEqual(['Near'])
})

test('writing without blanks is found by any part of it', async () => {
  await given({ subject: 'Tokyo', text: '商品が壊れていました。返金してください。' })
  for (const q of ['返金', '壊れて', '返金してください']) expect([q, await subjects(q)]).toEqual([q, ['Tokyo']])
  expect(await subjects('金返')).toEqual([])
})

test('an address is found whole, by its name and by its domain, as the sender only', async () => {
  await given({ subject: 'Of Grace', from: 'Grace Hopper <grace.hopper@navy.example>' })
  await given({ subject: 'About Grace', text: 'I wrote to grace.hopper@navy.example' })
  expect(await subjects('from:grace')).toEqual(['Of Grace'])
  expect(await subjects('from:grace.hopper@navy.example')).toEqual(['Of Grace'])
  expect(await subjects('from:"Grace Hopper"')).toEqual(['Of Grace'])
  expect(await subjects('grace.hopper@navy.example')).toEqual(['About Grace', 'Of Grace'])
  expect(await subjects('subject:grace')).toEqual(['About Grace', 'Of Grace'])
})

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

test('a hit shows where it was found, with what was searched for marked', async () => {
  const text = `${'Filler goes here. '.repeat(60)}Then the Kingfishers came by at dawn. ${'More filler. '.repeat(60)}`
  await given({ subject: 'Birds', text })
  const [hit] = (await ask('kingfisher dawn')).items
  const { excerpt = '', marks = [] } = hit?.found ?? {}
  expect(marks.map(({ start, length }) => excerpt.slice(start, start + length))).toEqual(['Kingfishers', 'dawn'])
  expect(excerpt.length).toBeLessThan(240)
})

test('a code of a gift card is neither found nor shown', async () => {
  const code = 'ccgcabcdefgh23456789'
  const ticket = await given({ subject: 'Gift pelican', text: `pelican ${code} pelican` })
  expect(await subjects('pelican')).toEqual(['Gift pelican'])
  for (const q of [code, code.slice(4), 'abcdefgh', 'ccgcabcdefgh*']) expect([q, await subjects(q)]).toEqual([q, []])
  expect(JSON.stringify(await ask('pelican'))).not.toContain('abcdefgh')
  const rows = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) =>
      tx.$queryRaw<
        { words: string }[]
      >`select lexemes::text as words from desk.search_document where ticket_id = ${ticket.id}::uuid`,
  )
  expect(rows.map(({ words }) => words).join()).not.toContain('abcdefgh')
})

test('another workspace finds nothing of ours', async () => {
  await given({ subject: 'Secret capybara', text: 'capybara' })
  const { workspaceId } = await createWorkspace(desk.ctx, 'Rival')
  await addDomain(desk.ctx, workspaceId, 'rival.example')
  const person = { email: 'eve@rival.example', name: 'Eve', role: 'admin' as const }
  const { id } = await inviteStaff(desk.ctx, workspaceId, person, systemOf(workspaceId))
  await inWorkspace(desk.ctx, workspaceId, (tx) =>
    tx.staff.update({ where: { workspaceId_id: { workspaceId, id } }, data: { state: 'active', googleSub: '999' } }),
  )
  const eve = desk.withToken(desk.tokenOf('eve@rival.example', '999', 'rival.example'))
  for (const q of ['capybara', 'TKT-000001', 'is:open', 'order:77418', 'tag:vip', 'assignee:eve'])
    expect(await eve.call(searchTickets, { query: { q, order: 'newest', limit: 20 } })).toMatchObject({
      items: [],
      next: null,
    })
  expect(await subjects('capybara', {}, 'rhea')).toEqual(['Secret capybara'])
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

test('a mail of two hundred thousand different words is filed and found by its beginning', async () => {
  const text = Array.from({ length: 60_000 }, (_, n) => `q${n.toString(36)}z`).join(' ')
  await given({ subject: 'Hostile', text: text.slice(0, 99_000) })
  expect(await subjects('subject:hostile q0z')).toEqual(['Hostile'])
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
