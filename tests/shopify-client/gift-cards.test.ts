import { afterEach, expect, test } from '@jest/globals'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import { ADA } from '../workbench/shopify/shop-with-goods.ts'
import { type Connected, connected } from './connected.ts'
import { card } from './wishes.ts'

let open: Connected
afterEach(() => open.close())

/** Gift cards, one a minute; the first is Ada's, and half of it is spent. */
function issue(count: number): void {
  for (let index = 0; index < count; index++) {
    open.clock.travel(60_000)
    const card = put('giftCards', {
      id: open.shop.newGid('GiftCard'),
      code: `ccgcabcd${1_000 + index}`,
      initial: { minor: 2_500, currency: 'EUR' },
      balance: { minor: index === 0 ? 1_250 : 2_500, currency: 'EUR' },
      note: `card ${index}`,
      createdAt: open.shop.at(),
      updatedAt: open.shop.at(),
      expiresOn: null,
      deactivatedAt: null,
      customerId: index === 0 ? ADA : null,
      recipientId: null,
      orderId: null,
      source: 'api_client',
      templateSuffix: null,
      transactions: [],
    })
    open.shop.commit([card])
  }
}

async function notes(query: string, by: 'created' | 'changed' = 'created'): Promise<(string | null)[]> {
  const found: (string | null)[] = []
  let after: string | null = null
  do {
    const page = await open.fern.giftCards({ query, after, by, lane: 'background' })
    found.push(...page.items.map(({ note }) => note))
    after = page.next
  } while (after !== null)
  return found
}

test('gift cards are read to the last page, the newest first or what changed last', async () => {
  open = await connected()
  issue(120)
  const newestFirst = Array.from({ length: 120 }, (_, index) => `card ${119 - index}`)
  expect(await notes('')).toEqual(newestFirst)
  const [first] = [...open.shop.tables.giftCards.all()]
  if (!first) throw new Error('no card was issued')
  open.clock.travel(60_000)
  open.shop.commit([put('giftCards', { ...first, deactivatedAt: open.shop.at(), updatedAt: open.shop.at() })])
  expect(await notes('', 'changed')).toEqual(['card 0', ...newestFirst.slice(0, -1)])
})

test('a gift card says what is left of it and whose it is; its code is never read', async () => {
  open = await connected()
  issue(3)
  const id = ADA.split('/').at(-1)
  const { items } = await open.fern.giftCards({ query: `customer_id:${id}`, lane: 'person' })
  expect(items).toEqual([
    {
      id: expect.stringMatching(/^gid:\/\/shopify\/GiftCard\//),
      lastCharacters: '1000',
      note: 'card 0',
      enabled: true,
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
      deactivatedAt: null,
      expiresOn: null,
      initialValue: { minor: 2_500, currency: 'EUR' },
      balance: { minor: 1_250, currency: 'EUR' },
      customerId: ADA,
      orderId: null,
    },
  ])
})

test('a search for the last characters, which Shopify cannot do, never gives every card', async () => {
  open = await connected()
  issue(3)
  await expect(notes('last_characters:1000')).rejects.toMatchObject({
    name: 'ShopifyRefused',
    message: expect.stringMatching(/last_characters/),
  })
})

test('a card that is mailed is mailed once, when it is made; each further mail is asked for', async () => {
  open = await connected()
  const { id, last } = await open.fern.createGiftCard(card('ca:1:gift'))
  expect(last).toBe(card('ca:1:gift').code.slice(-4))
  expect(notices()).toEqual([{ what: 'gift-card', to: 'ada@home.example' }])
  await open.fern.notifyGiftCard(id)
  expect(notices()).toHaveLength(2)
  expect(await open.fern.giftCard(id, 'person')).toMatchObject({
    customerId: ADA,
    customerEmail: 'ada@home.example',
    note: 'ca:1:gift',
    balance: { minor: 1_000, currency: 'EUR' },
  })
})

test('a card with a message goes to its customer once, and can be mailed again', async () => {
  open = await connected()
  const { id } = await open.fern.createGiftCard({
    ...card('ca:1:gift'),
    message: 'Sorry for the spill',
    expiresOn: '2030-01-31',
  })
  expect(notices()).toEqual([{ what: 'gift-card', to: 'ada@home.example' }])
  expect(await open.fern.giftCard(id, 'person')).toMatchObject({
    customerId: ADA,
    customerEmail: 'ada@home.example',
    expiresOn: '2030-01-31',
  })
  await open.fern.notifyGiftCard(id)
  expect(notices()).toHaveLength(2)
})

test('a card that is not mailed belongs to nobody in Shopify, and cannot be mailed later', async () => {
  open = await connected()
  const { id } = await open.fern.createGiftCard({ ...card('ca:1:gift'), notify: false })
  expect(notices()).toEqual([])
  expect(await open.fern.giftCard(id, 'person')).toMatchObject({ customerId: null, customerEmail: null })
  await expect(open.fern.notifyGiftCard(id)).rejects.toThrow('no customer')
})

test('a card is found by its mark and last characters among many that apps issued', async () => {
  open = await connected()
  const since = open.shop.now()
  issue(60)
  const { id, last } = await open.fern.createGiftCard(card('ca:1:gift'))
  open.clock.travel(60_000)
  issue(60)
  expect((await open.fern.findGiftCard({ mark: 'ca:1:gift', last, since }))?.id).toBe(id)
  expect(await open.fern.findGiftCard({ mark: 'ca:1:gift', last: 'zzzz', since })).toBeNull()
  expect(await open.fern.findGiftCard({ mark: 'ca:2:gift', last, since })).toBeNull()
})

const notices = () => open.shop.ledger().effects.flatMap(({ notice }) => notice ?? [])
