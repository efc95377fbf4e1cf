import { subscribe } from 'node:diagnostics_channel'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startShopify } from '../../../workbench/emulators/shopify/shopify.ts'
import { deliver } from '../../../workbench/emulators/shopify/world/warehouse.ts'
import { addressOf, handsOf } from '../../support/shop-hands.ts'

/**
 * The emulated Shopify in a process of its own: one Standard shop of delivered orders with its real rate limit. A second port tells the
 * orders, and how long each answer took inside this process since it was asked last.
 * Arguments: domain, client id, client secret, permissions, how many orders, how many orders a customer has.
 */
const [domain = '', clientId = '', clientSecret = '', scopes = '', count = '', perCustomer = ''] = process.argv.slice(2)

const WAREHOUSE = {
  id: 'gid://shopify/Location/11',
  name: 'Warehouse',
  active: true,
  city: 'London',
  countryCode: 'GB',
}

const shopify = await startShopify({
  clock: { now: () => new Date() },
  seed: {
    apps: [
      {
        clientId,
        clientSecret,
        name: 'Sidedesk',
        organisation: 'bench',
        scopes: scopes.split(','),
        redirectUris: [],
        privacyUri: 'https://desk.example/v1/shopify/webhooks',
      },
    ],
    shops: [
      {
        domain,
        name: 'Bench',
        email: 'owner@bench.example',
        organisation: 'bench',
        plan: 'shopify',
        currency: 'GBP',
        country: 'GB',
        timezone: 'Europe/London',
        orderPrefix: 'BN-',
        presentmentCurrencies: [],
        records: { locations: [WAREHOUSE] },
      },
    ],
  },
})
shopify.webhooks.hold() // nobody listens to them here
const hands = handsOf(shopify.shop(domain))
const tea = hands.goods('Green tea', 1_200, 400)
const mug = hands.goods('Mug', 800, 300)
let customer = hands.customer({ email: 'buyer0@example.com' })
const orderIds: string[] = []
for (let number = 0; number < Number(count); number++) {
  if (number > 0 && number % Number(perCustomer) === 0)
    customer = hands.customer({ email: `buyer${number}@example.com` })
  const lines = [tea, mug].map(({ title, productId, variantId, price }) => ({ title, productId, variantId, price }))
  const order = hands.buy({ customerId: customer.id, lines, shippingAddress: addressOf('Ada', 'Moss') })
  deliver(hands.shop, hands.ship(order.id, `RM${order.number}`).id)
  orderIds.push(order.id)
}

const begun = new WeakMap<IncomingMessage, number>()
let times: number[] = []
subscribe('http.server.request.start', (message) => {
  const { request } = message as { request: IncomingMessage }
  if (request.method === 'POST') begun.set(request, performance.now())
})
subscribe('http.server.response.finish', (message) => {
  const at = begun.get((message as { request: IncomingMessage }).request)
  if (at !== undefined) times.push(performance.now() - at)
})
const tap = createServer((_, response) => {
  response.end(JSON.stringify({ orderIds, times }))
  times = []
})
tap.listen(0, '127.0.0.1', () =>
  console.log(`listens on ${shopify.url} and tells on http://127.0.0.1:${(tap.address() as AddressInfo).port}`),
)
