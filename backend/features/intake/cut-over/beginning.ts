import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { beginAnew } from '../../tickets/index.ts'

/** As many as a page lists. */
export const ON_A_PAGE = 50

/**
 * Opens conversations that the past left unanswered: from now on they are tickets like all others. What is not on the list any more,
 * because somebody was quicker, is left as it is.
 * @returns how many began
 */
export const beginUnanswered = (
  ctx: Ctx,
  ticketIds: readonly string[],
  by: Pick<Actor, 'kind' | 'id' | 'workspaceId'>,
): Promise<number> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => (await beginAnew(tx, await stillListed(tx, ticketIds), by)).length)

async function stillListed(tx: Tx, ticketIds: readonly string[]): Promise<string[]> {
  const where = { workspaceId: tx.workspaceId, ticketId: { in: ticketIds.slice(0, ON_A_PAGE) } }
  const rows = await tx.unansweredThread.findMany({ where, select: { ticketId: true } })
  return rows.map(({ ticketId }) => ticketId)
}
