import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { goingOnOf, mergeIn, splitIn } from '../tickets/index.ts'
import { suggestionDismissed, suggestionTaken } from './events.ts'

export type Which = { ticketId: string; suggestionId: string }

type Ended = { id: string; ticketId: string; kind: 'join' | 'split'; otherId: string | null; messageId: string | null }

/** Does what is suggested, in the ways that people have for it: each is taken back as they are. Pressing twice does it once. */
export const take = (ctx: Ctx, which: Which, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const ended = await end(tx, which, 'taken', by)
    if (!ended) return
    await carryOut(ctx, tx, ended, by)
    const { id: suggestionId, ticketId, kind, otherId } = ended
    await record(tx, [suggestionTaken({ ticketId, suggestionId, kind, otherId, by })])
  })

async function carryOut(ctx: Ctx, tx: Tx, { ticketId, otherId, messageId }: Ended, by: Actor): Promise<void> {
  if (messageId !== null) {
    await splitIn(ctx, tx, { sourceId: await ticketOf(tx, messageId), messageId }, by)
    return
  }
  if (otherId === null) throw new Error('A join has another ticket')
  const [survivorId, mergedId] = [await goingOnOf(tx, otherId), await goingOnOf(tx, ticketId)]
  if (survivorId !== mergedId) await mergeIn(tx, survivorId, { ticketIds: [mergedId], acrossCustomers: false }, by)
}

async function ticketOf(tx: Tx, id: string): Promise<string> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  return (await tx.message.findUniqueOrThrow({ where, select: { ticketId: true } })).ticketId
}

/** What was dismissed is not suggested again. */
export const dismiss = (ctx: Ctx, which: Which, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const ended = await end(tx, which, 'dismissed', by)
    if (!ended) return
    const { id: suggestionId, ticketId, kind, otherId } = ended
    await record(tx, [suggestionDismissed({ ticketId, suggestionId, kind, otherId, by })])
  })

/** @returns null when it ended so already @throws DeskError not_found, or move_not_allowed when it ended otherwise */
async function end(
  tx: Tx,
  { ticketId, suggestionId }: Which,
  state: 'taken' | 'dismissed',
  by: Actor,
): Promise<Ended | null> {
  const [ended] = await tx.$queryRaw<Ended[]>`
    update desk.ticket_suggestion set state = ${state}, ended_at = ${tx.now}, ended_by_id = ${by.id}::uuid
    where workspace_id = ${tx.workspaceId}::uuid and id = ${suggestionId}::uuid and ${ticketId}::uuid in (ticket_id, other_id) and state = 'open'
    returning id::text, ticket_id::text as "ticketId", kind, other_id::text as "otherId", message_id::text as "messageId"`
  if (ended) return ended
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: suggestionId } }
  const row = await tx.ticketSuggestion.findUnique({ where, select: { state: true, ticketId: true, otherId: true } })
  if (!row || (row.ticketId !== ticketId && row.otherId !== ticketId))
    throw new DeskError('not_found', 'There is no such suggestion on this ticket.')
  if (row.state === state) return null
  throw new DeskError('move_not_allowed', 'Somebody decided about this already. Open the ticket again.')
}
