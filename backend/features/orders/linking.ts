import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { orderLinkConfirmed, orderLinked, orderUnlinked } from './link-events.ts'

type Pair = { ticketId: string; orderId: string }
type Link = { linkedById: string | null; confirmed: boolean; undone: boolean }

/**
 * Puts an order beside a ticket, once and remembered; the same again changes nothing. Call it with the ticket locked.
 * @param proved the writer proved to know the order: its details open
 * @throws DeskError not_found without such an order
 */
export async function linkOrder(tx: Tx, pair: Pair, proved: boolean, by: Actor): Promise<void> {
  const before = await linkOf(tx, pair)
  const isLinked = before !== null && !before.undone && before.linkedById !== null
  const isConfirmed = isLinked && before.confirmed
  if (isLinked && (isConfirmed || !proved)) return
  await writeLink(tx, pair, proved, by)
  await record(tx, [
    ...(isLinked ? [] : [orderLinked({ ...pair, by })]),
    ...(proved ? [orderLinkConfirmed({ ...pair, by })] : []),
  ])
}

/** Takes a link or a mention back; a later mention does not bring it up again. Nothing to take back changes nothing. */
export async function unlinkOrder(tx: Tx, pair: Pair, by: Actor): Promise<void> {
  const undone = await tx.$executeRaw`
    update desk.ticket_order set undone_at = ${tx.now}, confirmed_at = null
    where workspace_id = ${tx.workspaceId}::uuid and ticket_id = ${pair.ticketId}::uuid and order_id = ${pair.orderId}::uuid and undone_at is null`
  if (undone > 0) await record(tx, [orderUnlinked({ ...pair, by })])
}

async function linkOf(tx: Tx, { ticketId, orderId }: Pair): Promise<Link | null> {
  const [row] = await tx.$queryRaw<(Link & { linked: boolean })[]>`
    select l.order_id is not null as linked, l.by_id::text as "linkedById", l.confirmed_at is not null as confirmed, l.undone_at is not null as undone
    from desk.shop_order o left join desk.ticket_order l on l.workspace_id = o.workspace_id and l.order_id = o.id and l.ticket_id = ${ticketId}::uuid
    where o.workspace_id = ${tx.workspaceId}::uuid and o.id = ${orderId}::uuid`
  if (!row) throw new DeskError('not_found', 'There is no such order in your workspace.')
  return row.linked ? row : null
}

/** An order that a mail names stays named, so that it stays on top. */
const writeLink = (tx: Tx, { ticketId, orderId }: Pair, proved: boolean, by: Actor) => tx.$executeRaw`
  insert into desk.ticket_order as mine (workspace_id, ticket_id, order_id, via, by_id, at, confirmed_at)
  values (${tx.workspaceId}::uuid, ${ticketId}::uuid, ${orderId}::uuid, 'linked', ${by.id}::uuid, ${tx.now}, ${proved ? tx.now : null}::timestamptz)
  on conflict (workspace_id, ticket_id, order_id) do update set
    by_id = excluded.by_id, at = excluded.at, confirmed_at = excluded.confirmed_at, undone_at = null`
