import type { CustomerOrder } from '../../../shared/customers.ts'
import type { Compensation, OrderView } from '../../../shared/orders.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { readCursor } from '../../platform/signer.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { actingSql, actsFor } from '../combined-actions/index.ts'
import { type Beside, compensationIn, type OrdersRow, ordersByIdSql, presentOrders, sinceFor } from '../orders/index.ts'
import { type Asked, type Page, pageOf } from './paging.ts'

/** Tickets whose mail says whether a customer is known to be the buyer. */
const PROVING_TICKETS = 50

type Place = { id: string; placedAt: Date }

export type CustomerOrders = Page<CustomerOrder> & { compensation: Compensation[] | null }

/**
 * Orders that were bought with an address of a customer, as they may be seen by what their mail proves (docs/decisions/009): the mail of
 * the ticket from which somebody looks, so that a forged one opens nothing; without a ticket, that of their newest ones.
 */
export async function ordersOf(
  ctx: Ctx,
  tx: Tx,
  customerId: string,
  { cursor, limit, ticketId }: Asked & { ticketId: string | null },
  actor: Actor,
): Promise<CustomerOrders> {
  const list = `customer-orders/${tx.workspaceId}/${customerId}`
  const place = readCursor(ctx.signer, list, cursor)
  const found = await tx.$queryRaw<Place[]>(boughtSql(tx.workspaceId, customerId, place, limit + 1))
  const { items, next } = pageOf(ctx, list, { rows: found, limit }, ({ placedAt, id }) => [placedAt.toISOString(), id])
  const ids = items.map(({ id }) => id)
  const [row] = await tx.$queryRaw<{ orders: OrdersRow }[]>(seenSql(tx, { customerId, ticketId }, ids))
  if (!row || ids.length === 0) return { items: [], next: null, compensation: null }
  const orders = presentOrders(await ctx.keyring.box(tx), row.orders, actsFor(actor))
  return { items: orders.map(present), next, compensation: place === null ? compensationIn(row.orders) : null }
}

/** Each address reads its own newest ones; a page of all of them is the newest of these. */
export function boughtSql(
  workspaceId: string,
  customerId: string,
  place: readonly unknown[] | null,
  limit: number,
): Prisma.Sql {
  const [at, id] = place ?? []
  return Prisma.sql`
    select distinct b.order_id::text as id, b.placed_at as "placedAt", b.order_id
    from (select a.email_key from desk.customer_address a where a.workspace_id = ${workspaceId}::uuid and a.customer_id = ${customerId}::uuid limit 20) a
    cross join lateral (
      select k.order_id, k.placed_at from desk.order_key k
      where k.workspace_id = ${workspaceId}::uuid and k.kind = 'email' and k.key = a.email_key
        ${place ? Prisma.sql`and (k.placed_at, k.order_id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
      order by k.placed_at desc, k.order_id desc limit ${limit}) b
    order by b.placed_at desc, b.order_id desc limit ${limit}`
}

type Seen = { customerId: string; ticketId: string | null }

export const seenSql = (
  { workspaceId, now }: { workspaceId: string; now: Date },
  { customerId, ticketId }: Seen,
  ids: readonly string[],
): Prisma.Sql => Prisma.sql`
    select ${ordersByIdSql(besideCustomer(now, ticketId), ids)} as orders from desk.customer buyer
    where buyer.workspace_id = ${workspaceId}::uuid and buyer.id = ${customerId}::uuid`

/** Whose orders: of the customer `buyer` of a statement; a name that the orders' own statement does not use. */
const besideCustomer = (now: Date, ticketId: string | null): Beside => ({
  workspaceId: Prisma.sql`buyer.workspace_id`,
  ticketId: ticketId === null ? Prisma.sql`null::uuid` : Prisma.sql`${ticketId}::uuid`,
  addresses: Prisma.sql`array(select a.email_key from desk.customer_address a where a.workspace_id = buyer.workspace_id and a.customer_id = buyer.id limit 20)`,
  proven: Prisma.sql`array(select distinct p.proven_key from (
      select t.id from desk.ticket t where t.workspace_id = buyer.workspace_id and t.customer_id = buyer.id
        ${ticketId === null ? Prisma.empty : Prisma.sql`and t.id = ${ticketId}::uuid`}
      order by t.last_message_at desc limit ${PROVING_TICKETS}) t
    join desk.message p on p.workspace_id = buyer.workspace_id and p.ticket_id = t.id
    where p.author_id = buyer.id and p.proven_key is not null)`,
  since: sinceFor(now),
  acting: actingSql(Prisma.sql`buyer.workspace_id`),
})

const present = (order: OrderView): CustomerOrder => ({
  id: order.id,
  number: order.number,
  placedAt: order.placedAt,
  cancelledAt: order.cancelledAt,
  financial: order.financial,
  fulfilment: order.fulfilment,
  total: order.details?.total.text ?? null,
  adminUrl: order.adminUrl,
})
