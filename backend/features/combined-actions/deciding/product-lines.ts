import type { ActionInput } from '../../../../shared/combined-actions.ts'
import type { Money } from '../../../../shared/money.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { shopifyIdOf } from '../../orders/index.ts'
import { cancelledOf } from '../planning/intention.ts'
import type { LiveLine, LiveOrder } from '../planning/live-order.ts'

/** A line of the order that an action is about; its value is what the customer paid for these pieces. */
export type ProductLine = {
  productId: bigint | null
  variantId: bigint | null
  title: string
  quantity: number
  value: Money
}

/**
 * The lines that somebody said were hit; where nobody said so, those that are taken back, given money for or sent again. Each once, with as
 * many pieces as the largest of these is about.
 */
export function productLines({ lines, goods, shop }: LiveOrder, input: ActionInput): ProductLine[] {
  const isNamed = input.hit.length > 0
  return lines.flatMap((line) => {
    if (isNamed && !input.hit.includes(line.id)) return []
    const done = Math.max(cancelledOf(input, line), refundedOf(input, line), sentAgainOf(input, line))
    const quantity = isNamed ? Math.max(done, 1) : done
    if (quantity <= 0) return []
    const product = goods.find(({ variantId }) => variantId === line.variantId)?.productId ?? null
    return [
      {
        productId: product === null ? null : shopifyIdOf(product),
        variantId: line.variantId === null ? null : shopifyIdOf(line.variantId),
        title: line.title,
        quantity,
        value: { minor: line.each.shop.minor * quantity, currency: shop.currency },
      },
    ]
  })
}

function refundedOf({ refund }: ActionInput, { id, refundable }: LiveLine): number {
  if (refund?.what === 'all') return refundable
  return refund?.what === 'lines' ? (refund.lines.find(({ lineId }) => lineId === id)?.quantity ?? 0) : 0
}

const sentAgainOf = ({ reship }: ActionInput, { id }: LiveLine): number =>
  reship?.lines.find(({ lineId }) => lineId === id)?.quantity ?? 0

export async function writeLines(tx: Tx, actionId: string, lines: readonly ProductLine[]): Promise<void> {
  if (lines.length === 0) return
  await tx.actionLine.createMany({
    data: lines.map(({ value, ...line }, position) => ({
      ...line,
      workspaceId: tx.workspaceId,
      actionId,
      position,
      minor: BigInt(value.minor),
      currency: value.currency,
    })),
  })
}
