import type { OrderView } from '../../../shared/orders.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { presentLine } from './presenting.ts'
import { openDocument, summaryLine } from './summary.ts'

/** Lines of one order in one answer. */
const PAGE = 40

/** An order with a page of its lines, from `first` on; a locked order stays as it is. */
export async function withLines(tx: Tx, box: Box, order: OrderView, first: number): Promise<OrderView> {
  if (order.details === null) return order
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: order.id } }
  const { document } = await tx.shopOrder.findUniqueOrThrow({ where, select: { document: true } })
  const all = openDocument(box, order.id, document).lines
  const next = first + PAGE
  const lines = all.slice(first, next).map((line) => presentLine(summaryLine(line)))
  return {
    ...order,
    details: { ...order.details, lines, lineCount: all.length, nextLine: next < all.length ? next : null },
  }
}
