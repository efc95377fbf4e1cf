import type { CustomerTicket } from '../../../shared/customers.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { readCursor } from '../../platform/signer.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { formatNumber } from '../tickets/index.ts'
import { type Asked, type Page, pageOf } from './paging.ts'

type Row = Omit<CustomerTicket, 'number' | 'createdAt' | 'lastMessageAt'> & {
  number: number
  createdAt: Date
  lastMessageAt: Date
}

/** All tickets of a customer, the newest message first. */
export async function ticketsOf(
  ctx: Ctx,
  tx: Tx,
  customerId: string,
  { cursor, limit }: Asked,
): Promise<Page<CustomerTicket>> {
  const list = `customer-tickets/${tx.workspaceId}/${customerId}`
  const place = readCursor(ctx.signer, list, cursor)
  const rows = await tx.$queryRaw<Row[]>(ticketsSql(tx.workspaceId, customerId, place, limit + 1))
  const { items, next } = pageOf(ctx, list, { rows, limit }, ({ lastMessageAt, id }) => [
    lastMessageAt.toISOString(),
    id,
  ])
  return { items: items.map(present), next }
}

export function ticketsSql(
  workspaceId: string,
  customerId: string,
  place: readonly unknown[] | null,
  limit: number,
): Prisma.Sql {
  const [at, id] = place ?? []
  return Prisma.sql`
    select t.id::text, t.number, t.subject, t.status, t.void_reason as "voidReason", s.name as assignee, t.created_at as "createdAt",
      t.last_message_at as "lastMessageAt"
    from desk.ticket t left join desk.staff s on s.workspace_id = t.workspace_id and s.id = t.assignee_id
    where t.workspace_id = ${workspaceId}::uuid and t.customer_id = ${customerId}::uuid
      ${place ? Prisma.sql`and (t.last_message_at, t.id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
    order by t.last_message_at desc, t.id desc limit ${limit}`
}

const present = ({ number, createdAt, lastMessageAt, ...row }: Row): CustomerTicket => ({
  ...row,
  number: formatNumber(number),
  createdAt: createdAt.toISOString(),
  lastMessageAt: lastMessageAt.toISOString(),
})
