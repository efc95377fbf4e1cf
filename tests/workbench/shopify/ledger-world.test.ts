import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { originalTotal } from '../../../workbench/emulators/shopify/resources/orders/totals.ts'
import { wholeOf } from '../../../workbench/emulators/shopify/resources/orders/whole.ts'
import { type Shopify, startShopify } from '../../../workbench/emulators/shopify/shopify.ts'
import { shopStories } from '../../../workbench/scenarios/shop.ts'
import { PICTURES, pictureNamed } from '../../../workbench/scenarios/shop-world/pictures/pictures.ts'
import { FERN_AND_FIG, OUTLET, shopWorld } from '../../../workbench/scenarios/shop-world/shop-world.ts'
import { CLIENT, graphql, SCOPES, tokenFor } from './start.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const SNAPSHOT = readFileSync(new URL('operations/order-snapshot.graphql', import.meta.url), 'utf8')

interface Snapshot {
  name: string
  tags: string[]
  displayFinancialStatus: string
  displayFulfillmentStatus: string
  paymentGatewayNames: string[]
  presentmentCurrencyCode: string
  totalRefundedSet: { presentmentMoney: { amount: string } }
  currentTotalPriceSet: { presentmentMoney: { amount: string; currencyCode: string } }
  customer: { displayName: string } | null
  shippingAddress: { name: string } | null
  lineItems: { nodes: { title: string; quantity: number }[] }
}

let shopify: Shopify
const tokens = new Map<string, string>()
beforeAll(async () => {
  shopify = await startShopify({ clock: { now: () => NOW }, bucketSize: null, seed: { apps: [app], shops } })
  for (const shop of [FERN_AND_FIG, OUTLET]) tokens.set(shop, await tokenFor(shopify, shop))
})
afterAll(() => shopify?.close())

const shops = shopWorld(NOW, 'fern')
const app = {
  clientId: CLIENT.id,
  clientSecret: CLIENT.secret,
  name: 'Sidedesk',
  organisation: 'fern',
  scopes: [...SCOPES, 'read_users', 'read_payment_terms'],
}

async function snapshot(shop: string, id: string): Promise<Snapshot> {
  const asking = { shop, token: tokens.get(shop) ?? '' }
  const answer = await graphql(shopify, SNAPSHOT, { id, ns: 'desk', claimKey: 'claim' }, asking)
  expect(answer.errors).toBeUndefined()
  return answer.data?.['order'] as Snapshot
}

const ids = (shop: string) => [...shopify.shop(shop).tables.orders.all()].map(({ id }) => id)

const named = (name: string): Promise<Snapshot> => {
  const id = shopify.shop(FERN_AND_FIG).tables.orders.by('name', name)[0]?.id
  if (!id) throw new Error(`There is no order ${name}`)
  return snapshot(FERN_AND_FIG, id)
}

test('every order of both shops is told whole over the Admin API', async () => {
  for (const shop of [FERN_AND_FIG, OUTLET])
    for (const id of ids(shop)) expect((await snapshot(shop, id)).lineItems.nodes.length).toBeGreaterThan(0)
  expect(ids(FERN_AND_FIG).length).toBeGreaterThanOrEqual(60)
})

test('every order number that a mail names is an order of the shop', () => {
  const written = shopStories.flatMap(({ subject, mails }) => [subject, ...mails.map(({ text }) => text)]).join('\n')
  const numbers = [...new Set(written.match(/FF-\d{5}/g))]
  expect(numbers.length).toBeGreaterThan(12)
  const { orders } = shopify.shop(FERN_AND_FIG).tables
  expect(numbers.filter((number) => orders.by('name', number).length !== 1)).toEqual([])
})

test('payments add up to what each order cost, no money went back that had not come, and no gift card is overdrawn', () => {
  for (const { domain } of shops) {
    const shop = shopify.shop(domain)
    for (const order of shop.tables.orders.all()) {
      const whole = wholeOf(shop, order)
      const total = (kinds: string[], statuses = ['SUCCESS', 'PENDING']) =>
        whole.transactions
          .filter(({ kind, status }) => kinds.includes(kind) && statuses.includes(status))
          .reduce((sum, { amount }) => sum + amount.presentment.minor, 0)
      expect([order.name, total(['SALE', 'AUTHORIZATION'])]).toEqual([
        order.name,
        originalTotal(whole).presentment.minor,
      ])
      expect(total(['REFUND'])).toBeLessThanOrEqual(total(['SALE', 'CAPTURE'], ['SUCCESS']))
    }
    const balances = [...shop.tables.giftCards.all()].map(({ balance }) => balance.minor)
    expect(balances.filter((minor) => minor < 0)).toEqual([])
  }
})

test('the orders tell the stories of the mails', async () => {
  expect(await named('FF-20291')).toMatchObject({
    displayFulfillmentStatus: 'FULFILLED',
    currentTotalPriceSet: { presentmentMoney: { amount: '164.0', currencyCode: 'GBP' } },
  })
  expect(await named('FF-20408')).toMatchObject({
    customer: { displayName: 'Clement Ashby' },
    shippingAddress: { name: 'Ruth Nakagawa' },
  })
  expect(await named('FF-20414')).toMatchObject({
    displayFinancialStatus: 'PENDING',
    paymentGatewayNames: ['Cash on Delivery (COD)'],
  })
  expect(await named('FF-20427')).toMatchObject({ tags: ['reship'], displayFinancialStatus: 'PAID' })
  expect(await named('FF-20450')).toMatchObject({ displayFinancialStatus: 'VOIDED' })
  expect(await named('FF-20433')).toMatchObject({ presentmentCurrencyCode: 'JPY' })
  expect((await named('FF-20444')).lineItems.nodes).toHaveLength(40)
  expect(await named('FF-20360')).toMatchObject({ displayFinancialStatus: 'REFUNDED' })
  expect((await named('FF-20352')).displayFinancialStatus).toBe('PAID')
})

test('every way to pay and both shops of one customer are there', () => {
  const { orders, customers } = shopify.shop(FERN_AND_FIG).tables
  const ways = new Set([...orders.all()].flatMap(({ gatewayNames }) => gatewayNames ?? []))
  for (const way of [
    'shopify_payments',
    'paypal',
    'klarna',
    'gift_card',
    'shopify_store_credit',
    'Cash on Delivery (COD)',
  ])
    expect(ways).toContain(way)
  const email = 'ada.whitcombe@brambleroad.example'
  expect(customers.by('email', email)).toHaveLength(1)
  expect(shopify.shop(OUTLET).tables.customers.by('email', email)).toHaveLength(1)
})

test('every ware has a small picture under its public address', () => {
  for (const { imageUrl } of shopify.shop(FERN_AND_FIG).tables.products.all()) {
    expect(imageUrl?.startsWith(`${PICTURES}/`)).toBe(true)
    const bytes = pictureNamed(imageUrl?.slice(PICTURES.length + 1) ?? '')
    expect(bytes?.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect(bytes?.length).toBeLessThan(8_000)
  }
})
