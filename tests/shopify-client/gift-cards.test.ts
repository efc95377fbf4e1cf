import { afterEach, expect, test } from '@jest/globals'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import { ADA } from '../workbench/shopify/shop-with-goods.ts'
import { type Connected, connected } from './connected.ts'

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
