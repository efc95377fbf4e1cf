import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { figures } from '../../backend/features/gift-cards/figures.ts'
import { logPage } from '../../backend/features/gift-cards/listing.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { indexesIn, rowsRead } from '../support/plans/nodes.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner
let ours: Planner

const CARDS = 20_000
const shopId = '01890000-0000-7000-8000-0000000000ff'
const elsewhere = '01890000-0000-7000-8000-0000000000ee'

/** Twenty thousand cards of a big workspace and two hundred of ours, as the owner writes them; asked as the app role. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  await owner.query(`insert into desk.workspace (workspace_id, name, created_at) values ($1, 'Big', now())`, [
    elsewhere,
  ])
  for (const [workspace, count] of [
    [elsewhere, CARDS],
    [desk.workspaceId, 200],
  ] as const) {
    await owner.query(
      `insert into desk.shop (workspace_id, id, domain, name, currency, time_zone, access, state, created_at)
       values ($1, $2, 'fern.myshopify.com', 'Fern', 'EUR', 'Europe/Berlin', 'client_credentials', 'connected', now())`,
      [workspace, shopId],
    )
    await owner.query(
      `insert into desk.gift_card_issue (workspace_id, id, shop_id, state, last, shopify_id, minor, currency, reason_code, created_at, issued_at)
       select $1, gen_random_uuid(), $2, 'issued', lpad((n % 5000)::text, 4, '0'), n, 1000, 'EUR', 'late', now() - make_interval(mins => n), now()
       from generate_series(1, $3::int) n`,
      [workspace, shopId, count],
    )
    await owner.query(
      `insert into desk.shop_gift_card (workspace_id, shop_id, shopify_id, last_characters, initial_minor, balance_minor, currency, enabled, source, created_at, updated_at)
       select $1, $2, n, lpad((n % 5000)::text, 4, '0'), 1000, 400, 'EUR', true, 'issued', now(), now() from generate_series(1, $3::int) n`,
      [workspace, shopId, count],
    )
  }
  await owner.query('analyze')
  await owner.end()
  planner = await plannerOf(desk.database, elsewhere)
  ours = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await ours.end()
  await desk.stop()
})

test('a page of the log reads as many cards as it shows, on its first page and deep inside', async () => {
  const after = [new Date(desk.clock.now().getTime() - 600_000_000).toISOString(), shopId]
  for (const place of [null, after]) {
    const nodes = await planner.plan(logPage(elsewhere, { after: place, limit: 51 }))
    expect(indexesIn(nodes)).toContain('gift_card_issue_workspace_id_created_at_id_idx')
    expect(rowsRead(nodes, 'gift_card_issue')).toBe(51)
    expect(rowsRead(nodes, 'shop_gift_card')).toBeLessThanOrEqual(51)
  }
})

test('last characters are looked up, not searched for', async () => {
  const nodes = await planner.plan(logPage(elsewhere, { last: '0077', after: null, limit: 51 }))
  expect(indexesIn(nodes)).toContain('gift_card_issue_workspace_id_last_created_at_id_idx')
  expect(rowsRead(nodes, 'gift_card_issue')).toBe(4)
})

test.each(['reason', 'agent', 'week'] as const)(
  'figures by %s read each card of their own workspace once',
  async (by) => {
    const nodes = await ours.plan(figures(desk.workspaceId, by, desk.clock.now()))
    expect(rowsRead(nodes, 'gift_card_issue')).toBe(200)
    expect(rowsRead(nodes, 'shop_gift_card')).toBe(200)
  },
)
