import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createContext } from '../../backend/app.ts'
import { createWorkspace } from '../../backend/features/settings/index.ts'
import type { MailToFile } from '../../backend/features/tickets/mail.ts'
import { fileCustomerMail } from '../../backend/features/tickets/receiving.ts'
import { judgeIn } from '../../backend/features/triage/beginning.ts'
import { verdictOn } from '../../backend/features/triage/judging.ts'
import { sharesSql } from '../../backend/features/triage/shares.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { getQueue } from '../../shared/queues.ts'
import { getTicketSla } from '../../shared/sla.ts'
import {
  categoriseTicket,
  createTicket,
  getTicket,
  listTimeline,
  prioritiseTicket,
  type TicketCardView,
  tagTicket,
} from '../../shared/tickets.ts'
import {
  getKeywords,
  listCategories,
  putCategories,
  putKeywords,
  setLanguage,
  tryKeywords,
} from '../../shared/triage.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { buttonOf, fieldOf, panelOf, textOf } from '../support/panel-hands.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let ada: ReturnType<typeof visitor>
beforeAll(async () => {
  desk = await startDesk()
  ada = visitor(desk, 'ada')
  const saved = await ada.send('/settings/workspace', {
    name: 'Fern & Fig',
    timeZone: 'UTC',
    language: 'en',
    languages: 'de',
  })
  expect(saved.status).toBe(200)
})
afterAll(() => desk.stop())

let made = 0
/** A ticket of a mail that came from a customer who never wrote before, unless given. */
async function written(
  text: string,
  { subject = 'Jar', from = `c${++made}@home.example` } = {},
): Promise<TicketCardView> {
  return desk.as('nora').call(createTicket, {
    body: { messageId: `<t${++made}@home.example>`, subject, from, sentAt: desk.clock.now().toISOString(), text },
  })
}
const described = ({ number, sections, below }: TicketCardView) => ({
  title: number,
  subtitle: null,
  sections: [...sections, ...below],
  say: null,
})
const cardOf = (ticketId: string) => desk.as('nora').call(getTicket, { params: { ticketId } })
const keywords = () => desk.as('ada').call(getKeywords)

test('a mail from Gmail begins as its first words say; clock, queue and record see it so from the beginning', async () => {
  await desk.google.customers.write({
    from: 'cleo@home.example',
    to: SUPPORT,
    subject: 'Lid',
    text: 'Hello, my lid is broken and I have not received the refund.\n\nOn Monday, Fern & Fig wrote:\n> A question?',
  })
  await desk.settle()
  const { items } = await desk.as('nora').call(getQueue, { params: { view: 'open' }, query: {} })
  const ticket = items.find(({ subject }) => subject === 'Lid')
  if (!ticket) throw new Error('The mail is no ticket')
  const view = await cardOf(ticket.id)
  expect(view).toMatchObject({ priority: 'urgent', category: 'order', language: 'en' })
  const sla = await desk.as('nora').call(getTicketSla, { params: { ticketId: ticket.id } })
  expect(sla.clocks.find(({ target }) => target === 'first')?.dueAt).toBeTruthy()
  const urgent = ticket.dueAt
  const calm = await written('Hello, thank you for that.')
  const { items: later } = await desk.as('nora').call(getQueue, { params: { view: 'open' }, query: {} })
  const other = later.find(({ id }) => id === calm.id)
  expect(new Date(urgent ?? 0).getTime()).toBeLessThan(new Date(other?.dueAt ?? '9999-12-31').getTime())
  const category = await desk.as('nora').call(getQueue, { params: { view: 'category' }, query: { of: 'order' } })
  expect(category.items.map(({ id }) => id)).toContain(ticket.id)
  const timeline = await desk.as('nora').call(listTimeline, { params: { ticketId: ticket.id }, query: {} })
  expect(timeline.items.map(({ words }) => words)).toContain('Created; urgent by its words')
  expect(timeline.items.map(({ type }) => type)).not.toContain('ticket.prioritised')
})

test('the card says which word decided and lets the agent change it in one press; then the box is gone', async () => {
  const ticket = await written('Hello, please answer asap where my delivery is.')
  const card = described(ticket)
  expect(textOf(card)).toContain('Keywords: Urgent because of “asap” · Order because of “delivery”')
  expect(fieldOf(card, 'about')).toEqual(['order'])
  const { press } = buttonOf(card, 'Normal')
  expect(press).toMatchObject({
    kind: 'change',
    path: `/v1/tickets/${ticket.id}/priority`,
    body: { priority: 'normal' },
  })
  const params = { ticketId: ticket.id }
  const calm = await desk
    .as('nora')
    .call(prioritiseTicket, { params, body: { priority: 'normal', version: ticket.version } })
  expect(textOf(described(calm))).toContain('Keywords: Order because of “delivery”')
  const moved = await desk
    .as('nora')
    .call(categoriseTicket, { params, body: { category: 'billing', version: calm.version } })
  expect(textOf(described(moved))).not.toContain('Keywords')
  expect(textOf(described(await written('Hello there, thank you for that.')))).not.toContain('Keywords')
})

test('what machines write and what the past said has a category and is never urgent; what is quoted decides nothing', async () => {
  const mail = (given: Partial<MailToFile>): MailToFile => ({
    mailboxId: null,
    mailKey: crypto.randomUUID(),
    references: [],
    messageId: '',
    subject: 'Invoice urgent',
    from: { name: 'Ada', address: `m${++made}@home.example` },
    provenKey: null,
    to: [],
    cc: [],
    text: 'asap, broken',
    excerpt: 'asap',
    sentAt: desk.clock.now(),
    automatic: false,
    historical: false,
    raw: null,
    attachments: [],
    ...given,
  })
  const filed = (given: Partial<MailToFile>) =>
    inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
      const { ticketId } = await fileCustomerMail(tx, await desk.ctx.keyring.box(tx), mail(given), null, {
        begin: desk.ctx.begin,
      })
      return ticketId
    })
  for (const given of [{ automatic: true }, { historical: true }])
    expect(await cardOf(await filed(given))).toMatchObject({ priority: 'normal', category: 'billing' })
  expect(await cardOf(await filed({}))).toMatchObject({ priority: 'urgent', category: 'billing' })
  const quoted = {
    subject: 'Hello',
    text: 'Thank you.\n\n> This is urgent: my order is broken\n\n-- \nUrgent Care Ltd',
  }
  expect(await cardOf(await filed(quoted))).toMatchObject({ priority: 'normal', category: 'other' })
})

test('German words count in German mails; what is too short takes the language of the customer, which an agent can correct', async () => {
  const german = await written('Guten Tag, ich habe die Rechnung noch nicht. Es ist dringend. Danke', {
    from: 'uwe@heim.example',
  })
  expect(german).toMatchObject({ language: 'de', priority: 'urgent', category: 'billing' })
  expect((await written('FF-20418', { from: 'uwe@heim.example' })).language).toBe('de')
  expect((await written('FF-20418')).language).toBeNull()
  const params = { ticketId: german.id }
  const { press } = panelOf(desk, 'nora')
  const card = await press(described(german), 'Language: Deutsch')
  expect(fieldOf(card, 'language')).toEqual(['de'])
  desk.clock.travel(1_000)
  const danish = await desk.as('nora').call(setLanguage, { params, body: { language: 'da' } })
  expect(danish.language).toBe('da')
  expect(await refusalOf(desk.as('rhea').call(setLanguage, { params, body: { language: 'en' } }))).toMatchObject({
    code: 'forbidden',
  })
  expect((await desk.as('nora').call(setLanguage, { params, body: { language: 'none' } })).language).toBeNull()
  expect(await desk.events('ticket.language_set')).toHaveLength(2)
  await desk.as('nora').call(tagTicket, { params, body: { add: ['lang:fr'] } })
})

test('an edit counts from the next mail on, in every process; two editors cannot overwrite each other', async () => {
  const elsewhere = createContext(desk.ctx.config, { process: 'other', clock: desk.clock })
  try {
    const before = await keywords()
    const lists = [
      ...before.lists,
      {
        kind: 'priority' as const,
        value: 'urgent',
        language: 'any' as const,
        words: ['Wasp  nest', 'wasp nest', 'C++'],
      },
    ]
    const after = await desk.as('ada').call(putKeywords, { body: { version: before.version, lists } })
    expect(after.lists.at(-1)?.words).toEqual(['Wasp nest', 'C++'])
    expect(await refusalOf(desk.as('ada').call(putKeywords, { body: before }))).toMatchObject({ code: 'stale_version' })
    expect(await written('Hello, there is a WASP\nNEST in it.')).toMatchObject({ priority: 'urgent' })
    const there = await inWorkspace(elsewhere, desk.workspaceId, async (tx) => {
      const { triageVersion, languages } = await tx.workspace.findUniqueOrThrow({
        where: { workspaceId: desk.workspaceId },
      })
      const mail = {
        subject: '',
        text: 'Wasp nest!',
        customerId: crypto.randomUUID(),
        automatic: false,
        historical: false,
      }
      return elsewhere.begin(tx, { number: 1, triageVersion, languages }, [mail])
    })
    expect(there[0]).toMatchObject({ priority: 'urgent', triage: { priorityWord: 'Wasp nest' } })
    expect(await desk.as('nora').call(tryKeywords, { body: { subject: 'Wasp nest', text: '' } })).toMatchObject({
      priorityWord: 'Wasp nest',
    })
  } finally {
    await elsewhere.close()
  }
})

test('what was never edited is judged as delivered, though another workspace saves its keywords at that moment', async () => {
  const languages = ['es', 'it'] // nobody has judged by these before
  const judgedBy = (workspaceId: string, version: number) =>
    inWorkspace(
      desk.ctx,
      workspaceId,
      async (tx) => verdictOn(await judgeIn(tx, version, languages), 'zarzaparrilla', ''),
      { reads: true },
    )
  const before = await keywords()
  const word = { kind: 'priority' as const, value: 'urgent', language: 'any' as const, words: ['zarzaparrilla'] }
  const others = before.lists.filter(({ value, language }) => value !== word.value || language !== word.language)
  await desk.as('ada').call(putKeywords, { body: { ...before, lists: [...others, word] } })
  const seenTooEarly = 0 // the version that was read just before the edit above
  await judgedBy(desk.workspaceId, seenTooEarly)
  const { workspaceId: rival } = await createWorkspace(desk.ctx, 'Rival')
  expect((await judgedBy(rival, 0)).priority).toBe('normal')
})

test.each([
  [['!?'], 'no letters and no digits'],
  [['one two three four five six seven'], 'at most'],
])('keywords %j are refused', async (words, why) => {
  const { version } = await keywords()
  const lists = [{ kind: 'priority' as const, value: 'low', language: 'en' as const, words }]
  const refused = await refusalOf(desk.as('ada').call(putKeywords, { body: { version, lists } }))
  expect(refused.message).toMatch(why)
  expect((await keywords()).version).toBe(version)
})

test('a list of nothing, of an unknown category or twice the same is refused', async () => {
  const { version } = await keywords()
  const list = { kind: 'category' as const, value: 'order', language: 'en' as const, words: ['parcel'] }
  for (const lists of [
    [{ ...list, value: 'weather' }],
    [list, list],
    [{ ...list, kind: 'priority' as const, value: 'normal' }],
  ])
    expect(await refusalOf(desk.as('ada').call(putKeywords, { body: { version, lists } }))).toMatchObject({
      code: 'invalid_request',
    })
  expect(await refusalOf(desk.as('nora').call(putKeywords, { body: { version, lists: [list] } }))).toMatchObject({
    code: 'forbidden',
  })
})

test('categories are added, renamed, moved and retired, never lost; tickets keep what they have', async () => {
  const before = await desk.as('ada').call(listCategories)
  const glass = { id: 'glass', labels: { en: 'Glass', de: 'Glas' }, retired: false }
  const write = (version: number, items: typeof before.items) =>
    desk.as('ada').call(putCategories, { body: { version, items } })
  const added = await write(before.version, [glass, ...before.items])
  const lists = [
    ...(await keywords()).lists,
    { kind: 'category' as const, value: 'glass', language: 'en' as const, words: ['shards'] },
  ]
  await desk.as('ada').call(putKeywords, { body: { version: added.version, lists } })
  const ticket = await written('Hello, shards are in my order, thank you.')
  expect(ticket).toMatchObject({ category: 'glass' })
  expect(textOf(described(ticket))).toContain('Category: Glass')
  const version = added.version + 1
  expect(await refusalOf(write(version, before.items))).toMatchObject({
    message: expect.stringContaining('Retire it instead'),
  })
  expect(await refusalOf(write(version, [...before.items, glass, glass]))).toMatchObject({ code: 'invalid_request' })
  await write(version, [...before.items, { ...glass, retired: true }])
  expect(await cardOf(ticket.id)).toMatchObject({ category: 'glass' })
  expect(await written('Hello, shards are in my order, thank you.')).toMatchObject({ category: 'order' })
  const other = await written('Hello')
  const set = desk
    .as('nora')
    .call(categoriseTicket, { params: { ticketId: other.id }, body: { category: 'glass', version: other.version } })
  expect(await refusalOf(set)).toMatchObject({ message: expect.stringContaining('is retired') })
})

const PAGE = '/settings/triage'

test('the page edits one language, keeps what was typed when refused, and tries a text', async () => {
  const shown = await ada.open(`${PAGE}?language=de`)
  expect(shown.text).toContain('dringend')
  const [, version = ''] = /name="version" value="(\d+)"/.exec(shown.text) ?? []
  const sent = { version, language: 'de', 'priority/urgent': 'dringend,\nlichterloh', 'category/order': 'bestellung' }
  const refused = await ada.send(PAGE, { ...sent, 'priority/low': 'mild, ...' })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('no letters and no digits')
  expect(refused.text).toContain('lichterloh')
  expect(await ada.send(PAGE, sent)).toMatchObject({ status: 200, path: `${PAGE}?language=de&saved=1` })
  const { lists } = await keywords()
  const urgent = lists.filter(({ value }) => value === 'urgent')
  expect(urgent.find(({ language }) => language === 'de')?.words).toEqual(['dringend', 'lichterloh'])
  expect(urgent.find(({ language }) => language === 'en')?.words).toContain('asap')
  const tried = await ada.send(`${PAGE}/trial`, { subject: 'Hello', text: 'my order is <b>broken</b>' }, PAGE)
  expect(tried.text).toContain('Urgent because of “broken” · Order because of “order”')
  expect(tried.text).not.toContain('<b>broken')
  expect((await ada.open('/settings/changes')).text).toContain('lichterloh')
})

test('the page of categories adds one by its name and retires another', async () => {
  const path = '/settings/categories'
  const shown = await ada.open(path)
  const fields = Object.fromEntries(
    [...shown.text.matchAll(/name="((?:label|place)\.[\w.-]+|version)"[^>]*? value(?:="([^"]*)")?/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )
  const saved = await ada.send(path, {
    ...fields,
    'label.new.en': 'Gift wrap & Größe',
    'place.new': '1',
    'retired.product': 'on',
    'retired.glass': 'on',
  })
  expect(saved).toMatchObject({ status: 200, path: `${path}?saved=1` })
  const { items } = await desk.as('ada').call(listCategories)
  expect(items[0]).toEqual({ id: 'gift-wrap-grosse', labels: { en: 'Gift wrap & Größe' }, retired: false })
  expect(items.find(({ id }) => id === 'product')).toMatchObject({
    retired: true,
    labels: { en: 'Product', de: 'Produkt' },
  })
  const stale = await ada.send(path, { ...fields, 'label.order.en': 'Orders typed' })
  expect(stale.status).toBe(409)
  expect(stale.text).toContain('Orders typed')
})

test('shares of the last 30 days count what keywords decided, warn when too much is urgent, and read the end of the primary key', async () => {
  for (let n = 0; n < 12; n++) await written('Hello, it is down.')
  const warned = await ada.open(PAGE)
  expect(warned.text).toMatch(/<td>Urgent<\/td><td class="number">\d+<\/td>/)
  expect(warned.text).toContain('When so much is urgent, nothing is')
  const plan = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    async (tx) => {
      await tx.$executeRaw`set local enable_seqscan = off`
      const { text, values } = sharesSql(desk.workspaceId, tx.now)
      return JSON.stringify(await tx.$queryRawUnsafe(`explain ${text}`, ...values))
    },
    { reads: true },
  )
  expect(plan).toContain('ticket_pkey')
  expect(plan).not.toMatch(/Sort Key: t\.id/)
  await desk.travel('31 days')
  expect((await ada.open(PAGE)).text).toContain('The last 30 days: 0 new tickets')
  for (const text of ['It is down.', 'Thank you.', 'Thank you.', 'Thank you.', 'Thank you.'])
    await written(`Hello. ${text}`)
  expect((await ada.open(PAGE)).text).not.toContain('When so much is urgent, nothing is') // one of five is no more than 20 %
  await written('Hello. It is down.')
  expect((await ada.open(PAGE)).text).toContain('When so much is urgent, nothing is')
})
