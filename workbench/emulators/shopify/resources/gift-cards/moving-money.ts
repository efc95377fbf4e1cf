import { moneyIn } from '../../graphql/decimal.ts'
import { refused, type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import { put } from '../../store/entries.ts'
import type { GiftCardRecord } from '../../store/records/gift-cards.ts'
import type { Gid, Instant } from '../../store/records/ids.ts'
import type { Money } from '../../store/records/money.ts'
import { issueLimit } from './limits.ts'
import { isExpired } from './states.ts'

interface MoneyInput {
  amount: string
  currencyCode: string
}

interface Movement {
  kind: 'credit' | 'debit'
  money: MoneyInput
  note: string | null
  processedAt: Instant | null
}

type Input<Name extends string> = { [K in Name]: MoneyInput } & { note?: string | null; processedAt?: Instant | null }

export const giftCardMoney: Resource = {
  mutations: {
    giftCardCredit: (_: unknown, { id, creditInput }: { id: Gid; creditInput: Input<'creditAmount'> }, ctx) =>
      move(ctx, id, { kind: 'credit', money: creditInput.creditAmount, ...saidIn(creditInput) }),
    giftCardDebit: (_: unknown, { id, debitInput }: { id: Gid; debitInput: Input<'debitAmount'> }, ctx) =>
      move(ctx, id, { kind: 'debit', money: debitInput.debitAmount, ...saidIn(debitInput) }),
  },
}

const saidIn = ({ note, processedAt }: { note?: string | null; processedAt?: Instant | null }) => ({
  note: note ?? null,
  processedAt: processedAt ?? null,
})

function move(ctx: Ctx, id: Gid, movement: Movement) {
  const { shop, app } = ctx
  const card = shop.tables.giftCards.get(id)
  const amount = moneyIn(movement.money.amount, movement.money.currencyCode)
  const error =
    amount.minor <= 0
      ? at(movement, 'amount', 'A positive amount must be used.', 'NEGATIVE_OR_ZERO_AMOUNT')
      : card
        ? (stateError(ctx, card, movement) ?? amountError(ctx, card, amount, movement))
        : userError('id', 'The gift card could not be found.', 'GIFT_CARD_NOT_FOUND')
  if (error || !card) return refused(...(error ? [error] : []))
  const signed = movement.kind === 'credit' ? amount : { ...amount, minor: -amount.minor }
  const transaction = {
    id: shop.newGid(TYPES[movement.kind]),
    at: movement.processedAt ?? shop.at(),
    amount: signed,
    note: movement.note,
    kind: movement.kind,
  }
  const changed: GiftCardRecord = {
    ...card,
    balance: { ...card.balance, minor: card.balance.minor + signed.minor },
    transactions: [...card.transactions, transaction],
    updatedAt: shop.at(),
  }
  const about = { subjectId: id, amount, by: app.clientId, words: `Gift card …${card.code.slice(-4)}` }
  shop.commit([put('giftCards', changed), shop.effect(`gift-card.${movement.kind}ed`, about)])
  const name = movement.kind === 'credit' ? 'giftCardCreditTransaction' : 'giftCardDebitTransaction'
  return { [name]: { ...transaction, card: changed }, userErrors: [] }
}

const TYPES = { credit: 'GiftCardCreditTransaction', debit: 'GiftCardDebitTransaction' }

function stateError({ shop }: Ctx, card: GiftCardRecord, { kind, processedAt }: Movement): UserError | null {
  const path = [`${kind}Input`, 'processedAt']
  if (processedAt && processedAt > shop.at())
    return userError(path, 'The processed date must not be in the future.', 'INVALID')
  if (processedAt && Date.parse(processedAt) < 0)
    return userError(path, 'A valid processed date must be used.', 'INVALID')
  if (isExpired(shop, card)) return userError('id', 'The gift card has expired.', 'INVALID')
  return card.deactivatedAt ? userError('id', 'The gift card is deactivated.', 'INVALID') : null
}

function amountError({ shop }: Ctx, { balance }: GiftCardRecord, amount: Money, movement: Movement): UserError | null {
  if (amount.currency !== balance.currency)
    return at(
      movement,
      'currencyCode',
      'The currency provided does not match the currency of the gift card.',
      'MISMATCHING_CURRENCY',
    )
  if (movement.kind === 'debit' && amount.minor > balance.minor)
    return at(
      movement,
      'amount',
      'The gift card does not have sufficient funds to satisfy the request.',
      'INSUFFICIENT_FUNDS',
    )
  if (movement.kind === 'credit' && balance.minor + amount.minor > issueLimit(shop, balance).minor)
    return at(movement, 'amount', "The gift card's value exceeds the allowed limits.", 'GIFT_CARD_LIMIT_EXCEEDED')
  return null
}

const at = ({ kind }: Movement, field: string, message: string, code: string) =>
  userError([`${kind}Input`, `${kind}Amount`, field], message, code)
