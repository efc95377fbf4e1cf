import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { beginLoad } from '../../backend/features/orders/index.ts'
import { checkShop, disconnectShop } from '../../backend/features/shops/index.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { APP, FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let mail: ReturnType<typeof mailAt>
beforeAll(async () => {
  desk = await startShopDesk()
  mail = mailAt(desk)
})
afterEach(async () => {
  desk.shopify.faults.clear()
  desk.shopify.settings.vanish()
  desk.shopify.settings.setStatus(FERN, 'open')
  desk.shopify.apps.changeScopes(FERN, APP.clientId, [
    ...(desk.shopify.shop(FERN).ground.app(APP.clientId)?.scopes ?? []),
  ])
  await desk.connect(FERN)
})
afterAll(() => desk.stop())

const check = () => checkShop(desk.ctx, desk.workspaceId, { shopId: desk.shopId(FERN) })

async function minutes(count: number) {
  for (let minute = 0; minute < count; minute += 5) {
    await desk.travel('5 min')
    await desk.tick()
  }
}

/** Shopify is asked for a list of all orders. */
async function load() {
  await beginLoad(desk.ctx, desk.workspaceId, desk.shopId(FERN), { anew: true })
  await desk.settle()
}

const scopes = () => desk.shopify.shop(FERN).state.installations.get(APP.clientId)?.scopes ?? []

test.each<[string, () => unknown, RegExp]>([
  [
    'Shopify has frozen',
    async () => {
      desk.shopify.settings.setStatus(FERN, 'frozen')
      await check()
    },
    /^Shopify has frozen Fern & Fig, .*Its owner settles that with Shopify/,
  ],
  [
    'that took its access back',
    async () => {
      desk.shopify.apps.revokeTokens(FERN, APP.clientId)
      desk.shopify.faults.add({ operation: 'oauth.token', kind: 'token-revoked', times: 1_000 })
      await check()
    },
    /^Fern & Fig does not let Sidedesk in any more: .*npm run admin -- shop connect/,
  ],
  [
    'that removed the app',
    async () => {
      desk.shopify.apps.uninstall(FERN, APP.clientId)
      await desk.settle()
    },
    /^Sidedesk's app was removed from Fern & Fig; its orders are shown as they were.*Install it again/,
  ],
  [
    'whose app lost a permission',
    async () => {
      const without = scopes().filter((scope) => !scope.endsWith('_orders'))
      desk.shopify.apps.changeScopes(FERN, APP.clientId, without)
      await check()
    },
    /^The app lacks permissions in Fern & Fig: read_orders.*An admin adds them/,
  ],
  [
    'of which a field is gone from what Shopify tells',
    async () => {
      desk.shopify.settings.vanish('Order.tags')
      await check()
    },
    /Order\.tags/,
  ],
  [
    'that Shopify makes wait for half an hour',
    async () => {
      desk.shopify.faults.add({ operation: '*', kind: 'throttle', times: 10_000, shop: FERN })
      await minutes(40)
    },
    /^Fern & Fig could not be read for a while; .*look up in Shopify/,
  ],
  [
    'whose earlier orders Shopify could not list',
    async () => {
      desk.shopify.faults.add({ operation: 'bulk.run', kind: 'internal-error' })
      await load()
      await desk.travel('30 s')
      await desk.settle()
    },
    /^The earlier orders of Fern & Fig could not be loaded.*shop load/,
  ],
  [
    'whose earlier orders are being read',
    () => {
      desk.shopify.faults.add({ operation: 'BulkStart', kind: '503', times: 1_000 })
      return load()
    },
    /^The earlier orders of Fern & Fig are still being loaded.*some may be missing/,
  ],
])('the card of a shop %s comes with what is known, and says what to do', async (_what, trouble, words) => {
  const email = someone()
  const order = desk.fern.buy({ customerId: desk.fern.customer({ email }).id })
  await desk.settle()
  await trouble()
  const { shop } = await mail.cardOfNew({ from: email, text: `Where is ${order.name}?` })
  expect(shop.orders[0]).toMatchObject({ number: order.name, details: { lines: [{ title: 'Green tea' }] } })
  expect(shop.problems).toEqual([expect.stringMatching(words)])
})

test('the card of a shop that was taken away knows nothing of its orders, and those of the other shop stay', async () => {
  const email = someone()
  desk.fern.buy({ customerId: desk.fern.customer({ email }).id })
  const stays = desk.fig.buy({ customerId: desk.fig.customer({ email }).id })
  await desk.settle()
  await disconnectShop(desk.ctx, desk.workspaceId, desk.shopId(FERN))
  await desk.settle()
  const { shop } = await mail.cardOfNew({ from: email, text: 'Where is it?' })
  expect(shop.orders.map(({ number }) => number)).toEqual([stays.name])
  expect(shop).toMatchObject({ connected: true, problems: [] })
})
