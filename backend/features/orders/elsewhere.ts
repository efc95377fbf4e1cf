import type { Tx } from '../../platform/tenancy.ts'
import { connectedShops } from '../shops/index.ts'
import { numbersIn } from './numbers.ts'

/** An order number of a text that is not this ticket's: an order of somebody else, or none that is known. */
type Elsewhere = { key: string; known: boolean }

type Found = { key: string; known: boolean; ours: boolean; mentioned: boolean }

/**
 * Which order numbers of a text belong to nothing that the ticket is about: no order that is beside it, of its customer, or
 * named by the customer. Bare digits that no order has may number anything, and are left out.
 * @param beside ids of orders that the card shows
 */
export async function numbersElsewhere(
  tx: Tx,
  { ticketId, beside }: { ticketId: string; beside: readonly string[] },
  text: string,
): Promise<Elsewhere[]> {
  const shops = await connectedShops(tx)
  const keys = shops.length === 0 ? [] : numbersIn(text, shops)
  if (keys.length === 0) return []
  const found = await tx.$queryRaw<Found[]>`
    select wanted.key, count(k.order_id) > 0 as known,
      coalesce(bool_or(k.order_id = any(${[...beside]}::uuid[])
        or exists (select from desk.ticket_order x where x.workspace_id = k.workspace_id and x.ticket_id = ${ticketId}::uuid and x.order_id = k.order_id)
        or exists (select from desk.order_key e where e.workspace_id = k.workspace_id and e.order_id = k.order_id and e.kind = 'customer'
          and e.key in (select b.key from desk.order_key b where b.workspace_id = ${tx.workspaceId}::uuid and b.order_id = any(${[...beside]}::uuid[])
            and b.kind = 'customer'))
        or exists (select from desk.order_key e
          join desk.customer_address a on a.workspace_id = e.workspace_id and a.email_key = e.key
          join desk.ticket t on t.workspace_id = a.workspace_id and t.id = ${ticketId}::uuid and t.customer_id = a.customer_id
          where e.workspace_id = k.workspace_id and e.order_id = k.order_id and e.kind = 'email')), false) as ours,
      exists (select from desk.order_mention m where m.workspace_id = ${tx.workspaceId}::uuid and m.ticket_id = ${ticketId}::uuid
        and m.key = wanted.key) as mentioned
    from unnest(${keys}::text[]) as wanted (key)
    left join desk.order_key k on k.workspace_id = ${tx.workspaceId}::uuid and k.kind = 'number' and k.key = wanted.key
    group by wanted.key`
  return found.flatMap(({ key, known, ours, mentioned }) =>
    ours || mentioned || (!known && /^\d+$/.test(key)) ? [] : [{ key, known }],
  )
}
