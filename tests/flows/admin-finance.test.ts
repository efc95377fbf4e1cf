import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { allWorkspaces } from '../../backend/admin/choosing.ts'
import { systemClock } from '../../backend/platform/clock.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Shopify, startShopify } from '../../workbench/emulators/shopify/shopify.ts'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import { APP, FERN, OWN, SCOPES, seedOfTwo } from '../support/beside-shops.ts'
import { foundWorkspace, type Ground, startGround } from '../support/ground.ts'
import { handsOf } from '../support/shop-hands.ts'

let ground: Ground
let shopify: Shopify

beforeEach(async () => {
  shopify = await startShopify({ clock: systemClock, bucketSize: null, seed: seedOfTwo(SCOPES) })
  ground = await startGround(
    {},
    {
      SHOPIFY_BASE_URL: shopify.url,
      SHOPIFY_CLIENT_ID: APP.clientId,
      SHOPIFY_CLIENT_SECRET: APP.clientSecret,
      SHOP_CLIENT_SECRET: OWN.clientSecret,
    },
  )
  await foundWorkspace(ground)
  await ground.admin.run('shop', 'connect', FERN, '--client-id', OWN.clientId)
})
afterEach(async () => {
  await ground.stop()
  await shopify.close()
})

test('an admin compares the journal with a shop from the command line', async () => {
  const calm = await ground.admin.run('finance', 'reconcile')
  expect(calm).toMatchObject({ code: 0, out: expect.stringContaining('No difference found.') })

  const hands = handsOf(shopify.shop(FERN))
  const before = hands.refund(hands.buy().id, 500)
  hands.shop.commit([put('refunds', { ...before, note: 'ca:01890000-0000-7000-8000-000000000001:refund' })])
  const found = await ground.admin.run('finance', 'reconcile', 'fern')
  expect(found.code).toBe(1)
  expect(found.out).toMatch(
    /- Shopify has the refund on FF-\d+\. It bears our mark, and its action is not known here\./,
  )

  const [workspace] = await allWorkspaces(ground.ctx)
  const ended = await inWorkspace(ground.ctx, workspace?.id ?? '', (tx) => tx.reconciliation.count(), { reads: true })
  expect(ended).toBe(2)
})
