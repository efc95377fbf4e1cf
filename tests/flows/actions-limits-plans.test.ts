import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { givenSoFar } from '../../backend/features/combined-actions/rules/given.ts'
import type { Weighing } from '../../backend/features/combined-actions/rules/limits.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { readsOf } from '../support/plans/counted-reads.ts'

const MANY = 20_000
const shopId = '01890000-0000-7000-8000-0000000000ff'
const idOf = (n: number) => `01890000-0000-7000-9000-${n.toString(16).padStart(12, '0')}`

let desk: Desk

/** Twenty thousand actions of two thousand customers and fifty agents over a year, each with its refund, half of them known to Shopify. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const write = (text: string) => owner.query(text, [desk.workspaceId, shopId])
  const id = (n: string) => `('01890000-0000-7000-9000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
  const at = `timestamptz '${desk.clock.now().toISOString()}' - make_interval(mins => n * 25)`
  const all = `from generate_series(1, ${MANY}) n`
  await write(`
    insert into desk.shop (workspace_id, id, domain, name, currency, time_zone, access, state, created_at)
    values ($1, $2, 'fern.myshopify.com', 'Fern', 'GBP', 'Europe/London', 'client_credentials', 'connected', now())`)
  await write(`
    insert into desk.combined_action (workspace_id, id, draft_id, ticket_id, shop_id, order_id, customer_shopify_id, email_key, by_id, by_role, state,
      reason_code, currency, value_minor, moves_money, causes, content, created_at, shop_day)
    select $1, ${id('n')}, ${id('n')}, ${id('n')}, $2, ${id('n')}, n % 2000, n % 2000 || '@home.example', ${id('n % 50')}, 'agent', 'done', 'late', 'GBP',
      100, true, '{}', '', ${at}, (${at})::date ${all}`)
  await write(`
    insert into desk.action_step (workspace_id, id, action_id, position, kind, state, reason_code, minor, currency, source)
    select $1, ${id('n')}, ${id('n')}, 0, 'refund', 'done', 'late', 100, 'GBP', 'refund/' || n from (select n, $2::uuid ${all}) n`)
  await write(`
    insert into desk.compensation (workspace_id, shop_id, source, kind, order_id, customer_shopify_id, email_key, minor, currency, at)
    select $1, $2, 'refund/' || n, 'refund', ${id('n')}, n % 2000, n % 2000 || '@home.example', 100, 'GBP', ${at} ${all} where n % 2 = 0`)
  await owner.query('analyze')
  await owner.end()
})
afterAll(() => desk.stop())

const TABLES = ['combined_action', 'action_step', 'compensation', 'shop_order', 'shop_gift_card']

const WEIGHING: Weighing = {
  shopId,
  orderId: idOf(77),
  customerShopifyId: 77n,
  emailKey: '77@home.example',
  byId: idOf(27),
  currency: 'GBP',
  /** The day before the desk's own. */
  get day() {
    return new Date(desk.clock.now().getTime() - 86_400_000).toISOString().slice(0, 10)
  },
  timeZone: 'Europe/London',
  exceptActionId: null,
}

test('limits are summed without reading a table, and hardly a row in vain', async () => {
  const { found, whole, byIndex } = await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await givenSoFar(tx, WEIGHING)
    return readsOf(tx, TABLES, () => givenSoFar(tx, WEIGHING))
  })
  expect(found).toMatchObject({ order: 100, customerYear: 1_000 })
  expect(found.shopDay).toBeGreaterThan(0)
  expect(whole).toBe(0)
  expect(byIndex).toBeLessThan(1_000)
})

test('of an action that is weighed again only what it has done counts', async () => {
  const again = { ...WEIGHING, exceptActionId: idOf(77) }
  const [done, planned] = await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    const done = await givenSoFar(tx, again)
    const where = { workspaceId: tx.workspaceId, actionId: again.exceptActionId }
    await tx.actionStep.updateMany({ where, data: { state: 'planned', source: null } })
    return [done, await givenSoFar(tx, again)]
  })
  expect([done.order, planned.order]).toEqual([100, 0])
})
