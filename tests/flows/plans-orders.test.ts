import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { numbersElsewhere } from '../../backend/features/orders/elsewhere.ts'
import { ordersByCard, ordersByKey } from '../../backend/features/orders/finding.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { readsOf } from '../support/plans/counted-reads.ts'

const ORDERS = 20_000
const shopId = '01890000-0000-7000-8000-0000000000ff'

let desk: Desk

/** Twenty thousand orders with everything that they are found by, as the owner writes them. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const write = (text: string) => owner.query(text, [desk.workspaceId, shopId])
  const order = `('01890000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid`
  const placedAt = 'now() - make_interval(mins => n)'
  const all = `from generate_series(1, ${ORDERS}) n`
  await write(`
    insert into desk.shop (workspace_id, id, domain, name, currency, time_zone, access, state, created_at)
    values ($1, $2, 'fern.myshopify.com', 'Fern', 'EUR', 'UTC', 'client_credentials', 'connected', now())`)
  await write(`
    insert into desk.shop_order (workspace_id, id, shop_id, shopify_id, name, placed_at, updated_at, checked_at, financial, fulfilment,
      payment_kind, summary, document)
    select $1, ${order}, $2, n, 'FF-' || n, ${placedAt}, now(), now(), 'PAID', 'FULFILLED', 'prepaid', '', '' ${all}`)
  await write(`
    insert into desk.order_key (workspace_id, order_id, placed_at, kind, key)
    select $1::uuid, ${order}, ${placedAt}, kind, case kind when 'number' then 'FF' || n when 'tracking' then 'NP' || n when 'name' then 'ada'
      when 'customer' then $2::uuid || ':' || n % 5000 else n % 5000 || kind end
    ${all} cross join unnest(array['email', 'phone', 'tracking', 'name', 'number', 'customer']) kind
    union all select $1::uuid, ${order}, ${placedAt}, 'name', 'whitcombe' || n % 5000 ${all}`)
  await write(`
    insert into desk.shop_gift_card (workspace_id, shop_id, shopify_id, last_characters, customer_shopify_id, order_shopify_id, initial_minor,
      balance_minor, currency, enabled, source, created_at, updated_at)
    select $1, $2, n, lpad((n % 10000)::text, 4, '0'), n % 5000, n, 100, 100, 'EUR', true, 'purchased', now(), now() ${all}`)
  await owner.query('analyze')
  await owner.end()
})
afterAll(() => desk.stop())

const LOOK_UPS: [string, (tx: Tx) => Promise<string[]>][] = [
  ['a number', (tx) => ordersByKey(tx, 'number', ['FF77'], 10)],
  ['an e-mail address', (tx) => ordersByKey(tx, 'email', ['77email'], 10)],
  ['a phone', (tx) => ordersByKey(tx, 'phone', ['77phone'], 10)],
  ['a parcel', (tx) => ordersByKey(tx, 'tracking', ['NP77'], 10)],
  ['a common first name and a rare family name', (tx) => ordersByKey(tx, 'name', ['ada', 'whitcombe77'], 10)],
  ['a common name alone', (tx) => ordersByKey(tx, 'name', ['ada'], 10)],
  ['the last characters of a gift card', (tx) => ordersByCard(tx, '0077', 10)],
  [
    'a number that an answer names',
    async (tx) => {
      await numbersElsewhere(tx, { ticketId: tx.workspaceId, beside: [] }, 'Your order 777 is on its way')
      return ['looked for']
    },
  ],
]

test.each(LOOK_UPS)('by %s orders are found without reading a table, and hardly a row in vain', async (_, lookUp) => {
  const { found, whole, byIndex } = await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await lookUp(tx)
    return readsOf(tx, ['%order%', 'shop_gift_card'], () => lookUp(tx))
  })
  expect(found).not.toEqual([])
  expect(whole).toBe(0)
  expect(byIndex).toBeLessThan(1_200) // of a common name no more than a thousand are counted
})
