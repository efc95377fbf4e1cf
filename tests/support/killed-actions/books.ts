import { expect } from '@jest/globals'
import type { PlannedStep, RequestOf } from '../../../backend/features/combined-actions/plan.ts'
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
    held: shop.tables.fulfillmentOrders.by('orderId', order.id).flatMap(({ holds }) => holds).length,
    tagged: tags.length > 0 && tags.every((tag) => now?.tags.includes(tag)),
  }
}

/** Over the whole shop: nothing was given that no action asked for, to the cent. */
export function expectSums(shop: Shop, cases: readonly Case[]): void {
  const done = cases.filter((one) => !isStopped(one))
  const ours = shop.ledger().effects.filter(({ by }) => by === APP.clientId)
  const sumOf = (kind: string) =>
    ours.filter((effect) => effect.kind === kind).reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0)
  const books = done.map(intended)
  const total = (amounts: number[][]) => amounts.flat().reduce((sum, minor) => sum + minor, 0)
  expect({ refunded: sumOf('refund.made'), cards: sumOf('gift-card.made'), reships: made(ours) }).toEqual({
    refunded: total(books.map(({ refunds }) => refunds)),
    cards: total(books.map(({ cards }) => cards)),
    reships: books.reduce((sum, { reships }) => sum + reships, 0),
  })
}

const made = (effects: { kind: string }[]) => effects.filter(({ kind }) => kind === 'order.made').length
