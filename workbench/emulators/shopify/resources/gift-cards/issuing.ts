import { inWords } from '../../../../../shared/money.ts'
import { moneyIn } from '../../graphql/decimal.ts'
import { refused, type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { Shop } from '../../shop.ts'
import { put } from '../../store/entries.ts'
import type { GiftCardRecord } from '../../store/records/gift-cards.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { Money } from '../../store/records/money.ts'
import { customerIn } from '../customers/standing.ts'
import { noticeOf } from '../notices.ts'
import { policyOf } from '../policies.ts'
import { codeError, newCode, plainCode } from './codes.ts'
import { toldOf } from './holders.ts'
import { issueLimit } from './limits.ts'
import { giftOf, type RecipientInput, recipientError } from './recipients.ts'

interface CreateInput {
  code?: string | null
  customerId?: Gid | null
  initialAmount?: { amount: string; currencyCode: string } | null
  initialValue?: string | null
  expiresOn?: string | null
  note?: string | null
  recipientAttributes?: RecipientInput | null
  templateSuffix?: string | null
}

type UpdateInput = Omit<CreateInput, 'code' | 'initialAmount' | 'initialValue'>

export const issuingGiftCards: Resource = {
  mutations: {
    giftCardCreate: (_: unknown, { input }: { input: CreateInput }, ctx) => create(ctx, input),
    giftCardUpdate: (_: unknown, { id, input }: { id: Gid; input: UpdateInput }, ctx) => update(ctx, id, input),
    giftCardDeactivate: (_: unknown, { id }: { id: Gid }, ctx) => deactivate(ctx, id),
  },
}

/** Checks run in Shopify's order: the customer, the amount, the code, the recipient. */
function create(ctx: Ctx, input: CreateInput) {
  const { shop, app } = ctx
  const worth = worthOf(ctx, input)
  const code = input.code ? plainCode(input.code) : newCode()
  const error =
    planError(shop) ??
    customerError(ctx, input.customerId) ??
    worthError(ctx, worth, input.initialAmount ? 'initialAmount' : 'initialValue') ??
    codeError(shop, code) ??
    recipientError(shop, input.recipientAttributes)
  if (error || !worth) return refused(...(error ? [error] : []))
  const card: GiftCardRecord = {
    id: shop.newGid('GiftCard'),
    code,
    initial: worth,
    balance: worth,
    note: input.note ?? null,
    createdAt: shop.at(),
    updatedAt: shop.at(),
    expiresOn: input.expiresOn ?? null,
    deactivatedAt: null,
    customerId: input.customerId ?? null,
    recipientId: input.recipientAttributes?.id ?? null,
    ...giftOf(input.recipientAttributes),
    orderId: null,
    source: 'api_client',
    templateSuffix: input.templateSuffix ?? null,
    transactions: [],
  }
  const about = { subjectId: card.id, amount: worth, by: app.clientId }
  shop.commit([
    put('giftCards', card),
    shop.effect('gift-card.made', { ...about, words: `Gift card …${code.slice(-4)}` }),
    ...toldOf(shop, card).flatMap((to) => noticeOf(shop, 'gift-card', to, { subjectId: card.id, by: app.clientId })),
  ])
  return { giftCard: card, giftCardCode: code, userErrors: [] }
}

const planError = (shop: Shop) =>
  policyOf(shop).giftCards ? null : userError('input', 'Gift cards are unavailable on your plan.', 'INVALID')

function worthOf({ shop }: Ctx, { initialAmount, initialValue }: CreateInput): Money | null {
  if (initialAmount) return moneyIn(initialAmount.amount, initialAmount.currencyCode)
  return initialValue ? moneyIn(initialValue, shop.seed.currency) : null
}

function worthError({ shop }: Ctx, worth: Money | null, field: string): UserError | null {
  const at = ['input', field]
  if (!worth) return userError(['input', 'initialAmount'], 'Initial amount is required', 'MISSING_ARGUMENT')
  const known = [shop.seed.currency, ...(shop.seed.presentmentCurrencies ?? [])]
  if (!known.includes(worth.currency)) return userError(at, 'Currency is not supported by the shop', 'INVALID')
  if (worth.minor <= 0) return userError(at, 'must be greater than 0', 'GREATER_THAN')
  const most = issueLimit(shop, worth)
  if (worth.minor <= most.minor) return null
  return userError(at, `can't exceed ${inWords(most)} ${most.currency}`, 'GIFT_CARD_LIMIT_EXCEEDED')
}

const customerError = ({ shop }: Ctx, customerId: Gid | null | undefined) =>
  customerId && !customerIn(shop, customerId)
    ? userError(['input', 'customerId'], 'The customer could not be found.', 'CUSTOMER_NOT_FOUND')
    : null

function update(ctx: Ctx, id: Gid, input: UpdateInput) {
  const { shop } = ctx
  const card = shop.tables.giftCards.get(id)
  if (!card) return refused(userError('id', 'The gift card could not be found.', 'GIFT_CARD_NOT_FOUND'))
  const error =
    emptyError(input) ??
    closedError(card, input) ??
    customerError(ctx, input.customerId) ??
    ownerError(card, input) ??
    recipientError(shop, input.recipientAttributes)
  if (error) return refused(error)
  const giftCard: GiftCardRecord = {
    ...card,
    note: input.note === undefined ? card.note : input.note,
    expiresOn: input.expiresOn === undefined ? card.expiresOn : input.expiresOn,
    templateSuffix: input.templateSuffix === undefined ? card.templateSuffix : input.templateSuffix,
    customerId: input.customerId ?? card.customerId,
    recipientId: input.recipientAttributes?.id ?? card.recipientId,
    ...giftOf(input.recipientAttributes),
    updatedAt: shop.at(),
  }
  shop.commit([put('giftCards', giftCard)])
  return { giftCard, userErrors: [] }
}

const emptyError = (input: UpdateInput) =>
  Object.keys(input).length === 0
    ? userError('input', 'At least one argument is required in the input.', 'INVALID')
    : null

/** Only the note of a deactivated card can still be changed. */
function closedError({ deactivatedAt }: GiftCardRecord, input: UpdateInput): UserError | null {
  const field = (['expiresOn', 'customerId', 'recipientAttributes'] as const).find((name) => input[name] !== undefined)
  return deactivatedAt && field ? userError(['input', field], 'The gift card is deactivated.', 'INVALID') : null
}

const ownerError = ({ customerId }: GiftCardRecord, input: UpdateInput) =>
  customerId && input.customerId && input.customerId !== customerId
    ? userError(['input', 'customerId'], 'The customer cannot be changed once it is set.', 'INVALID')
    : null

/** It cannot be undone; doing it again changes nothing. */
function deactivate({ shop, app }: Ctx, id: Gid) {
  const card = shop.tables.giftCards.get(id)
  if (!card) return refused(userError('id', 'The gift card could not be found.', 'GIFT_CARD_NOT_FOUND'))
  if (card.deactivatedAt) return { giftCard: card, userErrors: [] }
  const giftCard = { ...card, deactivatedAt: shop.at(), updatedAt: shop.at() }
  const about = { subjectId: id, amount: card.balance, by: app.clientId }
  const words = `Gift card …${card.code.slice(-4)}`
  shop.commit([put('giftCards', giftCard), shop.effect('gift-card.deactivated', { ...about, words })])
  return { giftCard, userErrors: [] }
}
