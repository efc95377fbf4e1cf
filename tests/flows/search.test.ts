import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { addDomain, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { fileNewMails } from '../../backend/features/tickets/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { newId } from '../../backend/platform/ids.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { renameCustomer } from '../../shared/customers.ts'
import { snoozeTicket } from '../../shared/queues.ts'
import { searchTickets } from '../../shared/search.ts'
import { noteTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { searchHands } from '../support/search-hands.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const { given, ask, subjects, next } = searchHands(() => desk)

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
    const number = next()
    const messageId = `<search-${number}@ada.example>`
    const bytes = {
      id: newId(tx.now),
      hash: `none/${number}`,
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

test('a mail of two hundred thousand different words is filed and found by its beginning', async () => {
  const text = Array.from({ length: 60_000 }, (_, n) => `q${n.toString(36)}z`).join(' ')
  await given({ subject: 'Hostile', text: text.slice(0, 99_000) })
  expect(await subjects('subject:hostile q0z')).toEqual(['Hostile'])
})
