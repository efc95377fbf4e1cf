import type { Goods, LiveLine, LiveOrder } from './live-order.ts'
import type { ReshipOptions } from './options.ts'

const METHOD = 'Standard'

/** Anything of the order can be sent once more, as far as the shop still has it. */
export function reshipOptions(live: LiveOrder): ReshipOptions {
  const lines = live.lines
    .filter(({ isGiftCard }) => !isGiftCard)
    .map((line) => {
      const goods = goodsOf(live, line.variantId)
      return {
        lineId: line.id,
        title: line.title,
        most: line.ordered,
        variantId: line.variantId,
        available: goods?.available ?? null,
        why: whyNotAgain(line, goods),
      }
    })
  return {
    why: lines.length > 0 ? null : `${live.name} has no goods that could be sent again.`,
    lines,
    address: live.address,
    method: live.methods[0]?.title ?? METHOD,
    methods: live.methods,
    countries: live.shipsTo,
  }
}

export const goodsOf = ({ goods }: Pick<LiveOrder, 'goods'>, variantId: string | null): Goods | null =>
  goods.find((one) => one.variantId === variantId) ?? null

/** Why a line cannot be sent again as it is. */
function whyNotAgain({ title }: LiveLine, goods: Goods | null): string | null {
  if (!goods?.forSale) return `${title} is not sold any more. Choose something else to send instead.`
  return isInStock(goods, 1) ? null : `${title} is out of stock. Choose something else to send instead, or refund it.`
}

/** Whether the shop would send so many. */
export const isInStock = ({ available, oversold }: Goods, quantity: number): boolean =>
  available === null || oversold || available >= quantity
