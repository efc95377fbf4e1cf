import type { CustomerDocument } from '../../../shared/customers.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { readCursor } from '../../platform/signer.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { type AttachmentRow, formatNumber, presentAttachments } from '../tickets/index.ts'
import { type Asked, type Page, pageOf } from './paging.ts'

type Row = AttachmentRow & {
  sentAt: Date
  direction: CustomerDocument['direction']
  ticketId: string
  number: number
}

/** Attachments of all tickets of a customer, newest first. */
export async function documentsOf(
  ctx: Ctx,
  tx: Tx,
  customerId: string,
  { cursor, limit }: Asked,
): Promise<Page<CustomerDocument>> {
  const list = `customer-documents/${tx.workspaceId}/${customerId}`
  const place = readCursor(ctx.signer, list, cursor)
  const rows = await tx.$queryRaw<Row[]>(documentsSql(tx.workspaceId, customerId, place, limit + 1))
  const at = { workspaceId: tx.workspaceId, now: tx.now, box: await ctx.keyring.box(tx) }
  const { items, next } = pageOf(ctx, list, { rows, limit }, ({ sentAt, id }) => [sentAt.toISOString(), id])
  const opened = presentAttachments(ctx, at, items)
  return { items: items.flatMap((row, n) => (opened[n] ? [{ ...opened[n], ...placeOf(row) }] : [])), next }
}

const placeOf = ({ sentAt, direction, ticketId, number }: Row) => ({
  sentAt: sentAt.toISOString(),
  direction,
  ticket: { id: ticketId, number: formatNumber(number) },
})

/** Reads the messages of the customer, who has as many as one person can write, and of them only those with something attached. */
export function documentsSql(
  workspaceId: string,
  customerId: string,
  place: readonly unknown[] | null,
  limit: number,
): Prisma.Sql {
  const [at, id] = place ?? []
  return Prisma.sql`
    select a.id::text, encode(a.name, 'base64') as name, a.content_type as "contentType", a.size, f.scan, m.sent_at as "sentAt", m.direction,
      t.id::text as "ticketId", t.number
    from desk.ticket t
    join desk.message m on m.workspace_id = t.workspace_id and m.ticket_id = t.id
    join desk.attachment a on a.workspace_id = m.workspace_id and a.message_id = m.id
    left join desk.stored_file f on f.workspace_id = a.workspace_id and f.id = a.file_id
    where t.workspace_id = ${workspaceId}::uuid and t.customer_id = ${customerId}::uuid
      ${place ? Prisma.sql`and (m.sent_at, a.id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
    order by m.sent_at desc, a.id desc limit ${limit}`
}
