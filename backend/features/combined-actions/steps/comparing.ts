import type { OrderStanding, ShopifyShop } from '../../../clients/shopify/index.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Entry } from '../../../platform/journal.ts'
import { plannedOf, readContent } from '../content.ts'
import type { ActionContent, Standing } from '../plan.ts'
import { difference, standingOf, type Taken } from '../standing.ts'
import type { StepEntry } from './step.ts'

/** Somebody else changed the order since it was reviewed. Nothing was sent. */
export class OrderMoved extends DeskError {
  override name = 'OrderMoved'
  /** How it stands now; null when Shopify does not know it any more. */
  readonly seen: Standing | null

  constructor(words: string, seen: Standing | null) {
    super('stale_version', words)
    this.seen = seen
  }
}

/**
 * Reads the order right before money moves.
 * @returns how it stands, our own work on it included
 * @throws OrderMoved
 */
export async function refuseMoved(
  ctx: Ctx,
  api: ShopifyShop,
  { workspaceId, request }: Pick<Entry<StepEntry>, 'workspaceId' | 'request'>,
): Promise<OrderStanding> {
  const { actionId, orderId } = request
  const content = await readContent(ctx, workspaceId, actionId)
  const order = await api.standing(orderId, 'money')
  if (!order) throw new OrderMoved('Shopify does not know this order any more.', null)
  const now = standingOf(order, actionId, takenBy(content))
  const words = difference(content.plan.standing, now, content.order.currency)
  if (words !== null) throw new OrderMoved(words, now)
  return order
}

function takenBy(content: ActionContent): Taken {
  const refund = plannedOf(content, 'refund')?.request
  return refund?.kind === 'refund' ? refund.lines : []
}
