import type { ActionInput, ReasonCode } from '../../../../shared/combined-actions.ts'
import type { LiveLine, LiveOrder } from './live-order.ts'

/** What somebody wants to do with an order as it is now. */
export type Intention = { live: LiveOrder; input: ActionInput; reasons: readonly ReasonCode[] }

export const lineOf = ({ lines }: LiveOrder, lineId: string): LiveLine | undefined =>
  lines.find(({ id }) => id === lineId)

/** How many of a line are taken out of the order unsent. */
export function cancelledOf({ cancel }: ActionInput, { id, unsent }: LiveLine): number {
  if (!cancel) return 0
  if (cancel.lines === null) return unsent
  return cancel.lines.find(({ lineId }) => lineId === id)?.quantity ?? 0
}

export const isWholeCancel = ({ cancel }: ActionInput): boolean => cancel !== null && cancel.lines === null

/** «2 × Green tea, 1 × Mug» */
export const inWordsOf = (pieces: readonly { quantity: number; title: string }[]): string =>
  pieces.length > MOST_NAMED
    ? `${pieces.slice(0, MOST_NAMED).map(pieceWords).join(', ')} and ${pieces.length - MOST_NAMED} more`
    : pieces.map(pieceWords).join(', ')

const MOST_NAMED = 6
const pieceWords = ({ quantity, title }: { quantity: number; title: string }) => `${quantity} × ${title}`
