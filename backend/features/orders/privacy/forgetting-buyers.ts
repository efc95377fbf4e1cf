import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { privacyAsked } from './events.ts'
import { FORGET } from './queueing.ts'
import { sealSubject } from './requests.ts'

/** Look-up keys of addresses and of numbers. */
type Known = { emailKeys: readonly string[]; phoneKeys: readonly string[] }
type Buyer = { shopId: string; customer: string | null; orders: string[] }

/**
 * Has everything of the shops forgotten that was bought from these addresses, as if Shopify had asked for it: orders, keys, the customers
 * of the shops, and whom compensation went to. Shopify itself keeps what it has; what changes there later is read again.
 * A number alone leads only to orders that name no address: those of a family share one.
 * @returns how many customers and orders of guests there are
 */
export async function forgetBuyers(tx: Tx, box: Box, who: Known): Promise<number> {
  if (who.emailKeys.length + who.phoneKeys.length === 0) return 0
  const buyers = await buyersAt(tx, who)
  const { workspaceId, now } = tx
  const requests = buyers.map(({ shopId, customer, orders }) => {
    const id = newId(now)
    const subject = sealSubject(box, id, { orders, email: null, phone: null })
    return { workspaceId, id, shopId, kind: 'customer_redact', customer, subject, askedAt: now, dueAt: now }
  })
  await tx.privacyRequest.createMany({ data: requests })
  await record(
    tx,
    requests.map(({ id: requestId, shopId, kind }) =>
      privacyAsked({ requestId, shopId, kind, by: systemOf(workspaceId) }),
    ),
  )
  for (const { id: requestId } of requests) await enqueue(tx, FORGET, { requestId }) // somebody buys in few shops
  return requests.length
}

/** By shop and customer; orders of guests of one shop together. */
const buyersAt = (tx: Tx, { emailKeys, phoneKeys }: Known): Promise<Buyer[]> =>
  tx.$queryRaw<Buyer[]>`
    select o.shop_id::text as "shopId", split_part(c.key, ':', 2) as customer, array_agg(distinct o.shopify_id::text) as orders
    from desk.order_key k join desk.shop_order o on o.workspace_id = k.workspace_id and o.id = k.order_id
    left join desk.order_key c on c.workspace_id = k.workspace_id and c.order_id = k.order_id and c.kind = 'customer'
    where k.workspace_id = ${tx.workspaceId}::uuid and ((k.kind = 'email' and k.key = any(${[...emailKeys]}::text[]))
      or (k.kind = 'phone' and k.key = any(${[...phoneKeys]}::text[]) and not exists (
        select from desk.order_key e where e.workspace_id = k.workspace_id and e.order_id = k.order_id and e.kind = 'email')))
    group by 1, 2`
