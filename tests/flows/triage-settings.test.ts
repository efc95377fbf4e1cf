import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createContext } from '../../backend/app.ts'
import { createWorkspace } from '../../backend/features/settings/index.ts'
import { judgeIn } from '../../backend/features/triage/beginning.ts'
import { verdictOn } from '../../backend/features/triage/judging.ts'
import { sharesSql } from '../../backend/features/triage/shares.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { categoriseTicket } from '../../shared/tickets.ts'
import { listCategories, putCategories, putKeywords, tryKeywords } from '../../shared/triage.ts'
import { refusalOf } from '../support/caller.ts'
import type { Desk } from '../support/desk.ts'
import { textOf } from '../support/panel-hands.ts'
import { startTriageDesk, triageHands } from '../support/triage-desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let ada: ReturnType<typeof visitor>
beforeAll(async () => {
  desk = await startTriageDesk()
  ada = visitor(desk, 'ada')
})
afterAll(() => desk.stop())

const { written, described, cardOf, keywords } = triageHands(() => desk)

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
