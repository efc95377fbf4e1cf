import { placesOf } from '../../../../shared/money.ts'
import type { CustomerTier, TierRules } from '../../../../shared/sla.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { openCustomer } from '../../orders/index.ts'

/** What Shopify says of a customer. */
type Known = { orders: number; spent: number; tags: readonly string[] }

/** The highest tier that anything known of the customer is enough for. */
export function tierOf({ plus, vip }: TierRules, known: readonly Known[]): CustomerTier {
  const reaches = (rule: TierRules['vip']) =>
    known.some(
      ({ orders, spent, tags }) =>
        (rule.orders !== null && orders >= rule.orders) ||
        (rule.spent !== null && spent >= rule.spent) ||
        (rule.tag !== null && tags.some((tag) => tag.toLowerCase() === rule.tag?.toLowerCase())),
    )
  return reaches(vip) ? 'vip' : reaches(plus) ? 'plus' : 'standard'
}

type Row = { customerId: string; shopId: string; shopifyId: bigint; document: Uint8Array }

/**
 * The tiers of customers, by their newest order in each shop: the customers that bought with one of their addresses.
 * @returns by our id of the customer; who is not in it has bought nothing that we know of
 */
export async function tiersOf(
  tx: Tx,
  box: Box,
  rules: TierRules,
  customerIds: readonly string[],
): Promise<Map<string, CustomerTier>> {
  const rows = await tx.$queryRaw<Row[]>`
    select c.id::text as "customerId", s.shop_id::text as "shopId", s.shopify_id as "shopifyId", s.document
    from unnest(${[...customerIds]}::uuid[]) as c (id)
    join desk.customer_address a on a.workspace_id = ${tx.workspaceId}::uuid and a.customer_id = c.id
    cross join lateral (
      select split_part(b.key, ':', 1)::uuid as shop_id, split_part(b.key, ':', 2)::bigint as shopify_id
      from (select e.order_id from desk.order_key e
            where e.workspace_id = ${tx.workspaceId}::uuid and e.kind = 'email' and e.key = a.email_key
            order by e.placed_at desc, e.order_id desc limit 5) o
      join desk.order_key b on b.workspace_id = ${tx.workspaceId}::uuid and b.order_id = o.order_id and b.kind = 'customer') bought
    join desk.shop_customer s on s.workspace_id = ${tx.workspaceId}::uuid and s.shop_id = bought.shop_id and s.shopify_id = bought.shopify_id
    group by 1, 2, 3, 4`
  const known = new Map<string, Known[]>()
  for (const row of rows) {
    const { ordersCount, spent, tags } = openCustomer(box, row.shopId, row.shopifyId, row.document)
    const hundredths = Math.floor((spent.minor * 100) / 10 ** placesOf(spent.currency))
    known.set(row.customerId, [
      ...(known.get(row.customerId) ?? []),
      { orders: ordersCount, spent: hundredths, tags: tags ?? [] },
    ])
  }
  return new Map([...known].map(([id, all]) => [id, tierOf(rules, all)]))
}
