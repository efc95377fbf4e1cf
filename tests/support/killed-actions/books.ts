import { expect } from '@jest/globals'
import type { PlannedStep, RequestOf } from '../../../backend/features/combined-actions/plan.ts'
import type { Money } from '../../../shared/money.ts'
import type { Shop } from '../../../workbench/emulators/shopify/shop.ts'
import { APP } from '../shop.ts'
import type { Case } from './cases.ts'

type Book = {
  refunds: number[]
  cards: number[]
  reships: number
  cancellations: number
  held: number
  tagged: boolean
}

const NOTHING: Book = { refunds: [], cards: [], reships: 0, cancellations: 0, held: 0, tagged: false }

/** What should stand in the shop's own books of an action, and what does; amounts as the customer sees them. */
export function expectOnce(shop: Shop, one: Case): void {
  expect([one.name, booked(shop, one)]).toEqual([one.name, { ...(isStopped(one) ? NOTHING : intended(one)), held: 0 }])
}

const isStopped = ({ way }: Case) => way === 'undone' || way === 'declined'

const requestOf = <K extends PlannedStep['kind']>({ planned }: Case, kind: K): RequestOf<K> | undefined =>
  planned.plan.steps.map(({ request }) => request).find((request): request is RequestOf<K> => request.kind === kind)

function intended(one: Case): Book {
  const refund = requestOf(one, 'refund')
  const card = requestOf(one, 'gift_card')
  return {
    ...NOTHING,
    refunds: refund ? [refund.transactions.reduce((sum, { amount }) => sum + amount.minor, 0)] : [],
    cards: card ? [card.amount.minor] : [],
    reships: requestOf(one, 'reship') ? 1 : 0,
    cancellations: requestOf(one, 'cancel') ? 1 : 0,
    tagged: requestOf(one, 'tag') !== undefined,
  }
}

function booked(shop: Shop, one: Case): Book {
  const { order, planned } = one
  const { actionId } = planned.plan
  const mine = (text: string | null) => text?.includes(actionId) ?? false
  const tags = requestOf(one, 'tag')?.tags ?? []
  const now = shop.tables.orders.get(order.id)
  return {
    refunds: [...shop.tables.refunds.by('orderId', order.id)]
      .filter(({ note }) => mine(note))
      .map(({ total }) => total.presentment.minor),
    cards: [...shop.tables.giftCards.all()].filter(({ note }) => mine(note)).map(({ initial }) => initial.minor),
    reships: [...shop.tables.orders.all()].filter(({ sourceIdentifier }) => mine(sourceIdentifier)).length,
    cancellations: shop.tables.effects
      .by('subjectId', order.id)
      .filter(({ kind, by }) => kind === 'order.cancelled' && by === APP.clientId).length,
    held: holdsOn(shop, one),
    tagged: tags.length > 0 && tags.every((tag) => now?.tags.includes(tag)),
  }
}

/** How often goods of its order are held: they are let go some time after the action has ended. */
export const holdsOn = (shop: Shop, { order }: Case): number =>
  shop.tables.fulfillmentOrders.by('orderId', order.id).flatMap(({ holds }) => holds).length

/** Over the whole shop: nothing was given that no action asked for, to the cent of each currency. */
export function expectSums(shop: Shop, cases: readonly Case[]): void {
  const done = cases.filter((one) => !isStopped(one))
  const given = [...shop.tables.refunds.all()].filter(({ by }) => by === APP.clientId)
  const cards = [...shop.tables.giftCards.all()].filter(({ source }) => source === 'api_client')
  const { effects } = shop.ledger()
  expect({
    refunds: sums(given.map(({ total }) => total.presentment)),
    cards: sums(cards.map(({ initial }) => initial)),
    reships: effects.filter(({ kind, by }) => kind === 'order.made' && by === APP.clientId).length,
  }).toEqual({
    refunds: sums(done.flatMap((one) => requestOf(one, 'refund')?.transactions.map(({ amount }) => amount) ?? [])),
    cards: sums(done.flatMap((one) => requestOf(one, 'gift_card')?.amount ?? [])),
    reships: done.filter((one) => requestOf(one, 'reship')).length,
  })
}

function sums(amounts: readonly Money[]): Record<string, number> {
  const byCurrency: Record<string, number> = {}
  for (const { minor, currency } of amounts) if (minor > 0) byCurrency[currency] = (byCurrency[currency] ?? 0) + minor
  return byCurrency
}
