import { inWords } from '../../../../shared/money.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { Difference } from './differences.ts'
import type { Run } from './rows.ts'

type Row = {
  orderId: string
  orderName: string | null
  minor: bigint | null
  currency: string | null
  stepMinor: bigint
  stepCurrency: string
}

/** Money that is paid by hand must be what Shopify's books say was given back: each such refund has its payout, of the same amount. */
export async function payoutDifferences(tx: Tx, run: Run): Promise<Difference[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select a.order_id::text as "orderId", o.name as "orderName", p.minor, p.currency, s.customer_minor as "stepMinor", s.customer_currency as "stepCurrency"
    from desk.reconciliation_step r
    join desk.action_step s on s.workspace_id = r.workspace_id and s.id = r.step_id
    join desk.combined_action a on a.workspace_id = s.workspace_id and a.id = s.action_id
    left join desk.shop_order o on o.workspace_id = a.workspace_id and o.id = a.order_id
    left join desk.payout p on p.workspace_id = s.workspace_id and p.step_id = s.id
    where r.workspace_id = ${tx.workspaceId}::uuid and r.reconciliation_id = ${run.id}::uuid and s.route = 'payout' and s.customer_minor is not null
      and (p.id is null or p.minor <> s.customer_minor or p.currency <> s.customer_currency)`
  return rows.map(({ orderId, orderName, minor, currency, stepMinor, stepCurrency }) => {
    const booked = inWords({ minor: Number(stepMinor), currency: stepCurrency })
    const order = orderName ?? 'an order that is gone'
    return minor === null || currency === null
      ? {
          kind: 'payout',
          difference: 'ours_only',
          orderId,
          words: `${booked} for ${order} is refunded in Shopify’s books, and no payout was written down.`,
        }
      : {
          kind: 'payout',
          difference: 'amount',
          orderId,
          words: `Shopify’s books say ${booked} for ${order}, the payout says ${inWords({ minor: Number(minor), currency })}.`,
        }
  })
}
