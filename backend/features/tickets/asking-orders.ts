import type { z } from 'zod'
import type { OrderView, searchOrders } from '../../../shared/orders.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { actsFor } from '../combined-actions/index.ts'
import { findOrders, type OrdersRow, ordersByIdSql, presentOrders, refreshBehind, withLines } from '../orders/index.ts'
import { besideTicket } from './orders-beside.ts'

type Search = z.infer<(typeof searchOrders)['body']>

/** Orders that an agent looks for, each as this ticket may see it. Shopify is asked before anything is opened here. */
export async function search(ctx: Ctx, ticketId: string, { by, text }: Search, actor: Actor) {
  const { workspaceId } = actor
  await inWorkspace(ctx, workspaceId, (tx) => rowsFor(tx, ticketId, []), { reads: true })
  const { ids, remark } = await findOrders(ctx, workspaceId, by, text)
  const read = async (tx: Tx) =>
    presentOrders(await ctx.keyring.box(tx), await rowsFor(tx, ticketId, ids), actsFor(actor))
  const orders = ids.length === 0 ? [] : await inWorkspace(ctx, workspaceId, read, { reads: true })
  return { orders: orders.map((order) => ({ ...order, via: null })), remark }
}

/** One order, with a page of its lines. */
export const viewOrder = (
  ctx: Ctx,
  { ticketId, orderId }: { ticketId: string; orderId: string },
  line: number,
  actor: Actor,
): Promise<OrderView> =>
  inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => {
      const row = await rowsFor(tx, ticketId, [orderId])
      const box = await ctx.keyring.box(tx)
      const [order] = presentOrders(box, row, actsFor(actor))
      if (!order) throw new DeskError('not_found', 'There is no such order in your workspace.')
      refreshBehind(ctx, actor.workspaceId, row.orders)
      return withLines(tx, box, order, line)
    },
    { reads: true },
  )

/** @throws DeskError not_found without such a ticket */
export async function rowsFor(tx: Tx, ticketId: string, ids: readonly string[]): Promise<OrdersRow> {
  const [row] = await tx.$queryRaw<{ orders: OrdersRow }[]>(Prisma.sql`
    select ${ordersByIdSql(besideTicket(tx.now), ids)} as orders from desk.ticket t
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = ${ticketId}::uuid`)
  if (!row) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  return row.orders
}
