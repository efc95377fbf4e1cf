import type { StepKind } from '../../../shared/combined-actions.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { orderGid } from '../orders/index.ts'
import type { RequestOf, StepRequest } from './plan.ts'
import { entryKind, type StepEntry } from './steps/step.ts'

type Wanted = Omit<StepEntry, 'send'> & {
  /** Of the journal entry, and the key in Shopify. */
  id: string
  ticketId: string
  by: Pick<Actor, 'kind' | 'id'>
  send: StepRequest
}

/** The journal entry of a step, with all that is sent. */
export const entryOf = ({ id, ticketId, by, ...request }: Wanted) => ({
  id,
  kind: entryKind(request.send.kind),
  ticketId,
  by,
  request: request satisfies StepEntry,
})

/** What lets go of what an action held. */
export const releaseOf = (hold: RequestOf<'hold'>): RequestOf<'release'> => ({
  kind: 'release' satisfies StepKind,
  orderId: hold.orderId,
  handle: hold.handle,
})

/** How Shopify names an order of ours. */
export async function gidOfOrder(tx: Tx, orderId: string): Promise<string> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: orderId } }
  const { shopifyId } = await tx.shopOrder.findUniqueOrThrow({ where, select: { shopifyId: true } })
  return orderGid(shopifyId)
}
