import type { StepKind } from '../../../../shared/combined-actions.ts'
import type { Money } from '../../../../shared/money.ts'
import type { MarkedOrder, ShopGiftCard } from '../../../clients/shopify/index.ts'
import { readMark } from '../../combined-actions/index.ts'
import { shopifyIdOf } from '../../orders/index.ts'
import type { LineTransaction } from '../line.ts'
import { movedBy } from '../moved.ts'

/** Something in Shopify that bears our mark. */
export type Effect = {
  actionId: string
  kind: StepKind
  /** The thing that it is: refund/1, order/2, gift_card/3; null where it is no thing of its own. */
  source: string | null
  at: Date
  /** What a person calls it. */
  name: string
  /** In the shop's currency; null where Shopify tells no amount. */
  amount: Money | null
  transactions: readonly LineTransaction[]
  /** Cancelled or taken back since. */
  gone: boolean
}

/** Our effects on an order: refunds by their note, the cancellation by its note, and the order itself when we made it. */
export function effectsOn(order: MarkedOrder): Effect[] {
  const { name } = order
  const refunds = order.refunds.flatMap(({ id, at, note, amount, transactions }) =>
    effect(note, {
      source: `refund/${shopifyIdOf(id)}`,
      at,
      name: `the refund on ${name}`,
      amount: movedBy(transactions)?.shop ?? amount.shop,
      transactions,
    }),
  )
  const cancellation = order.cancelledAt
    ? effect(order.staffNote, { at: order.cancelledAt, name: `the cancellation of ${name}` })
    : []
  const reship = effect(order.sourceIdentifier, {
    source: `order/${shopifyIdOf(order.id)}`,
    at: order.updatedAt,
    name: `the order ${name}, which sends goods again`,
    gone: order.cancelledAt !== null,
  })
  return [...refunds, ...cancellation, ...reship]
}

/** A card is ours when its note says so. */
export const effectsOfCard = ({ id, note, createdAt, initialValue, lastCharacters, enabled }: ShopGiftCard): Effect[] =>
  effect(note, {
    source: `gift_card/${shopifyIdOf(id)}`,
    at: createdAt,
    name: `the gift card that ends with ${lastCharacters}`,
    amount: initialValue,
    gone: !enabled,
  })

type About = Pick<Effect, 'at' | 'name'> & Partial<Effect>

function effect(mark: string | null, about: About): Effect[] {
  const of = readMark(mark ?? '')
  return of ? [{ source: null, amount: null, transactions: [], gone: false, ...about, ...of }] : []
}
