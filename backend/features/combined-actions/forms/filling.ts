import type { ActionInput, Address } from '../../../../shared/combined-actions.ts'
import { toDecimal } from '../../../../shared/money.ts'
import type { LiveOrder } from '../planning/live-order.ts'
import type { Options } from '../planning/options.ts'
import { type Fields, lineField, type PartWithLines, variantField, yes } from './fields.ts'

/** What reshipping asks of an address, in the order of an envelope. */
export const ADDRESS_FIELDS: readonly (readonly [keyof Address, string])[] = [
  ['firstName', 'First name'],
  ['lastName', 'Family name'],
  ['company', 'Company'],
  ['address1', 'Street and number'],
  ['address2', 'Flat, floor'],
  ['zip', 'Postcode'],
  ['city', 'Town'],
  ['province', 'State or county'],
  ['country', 'Country'],
  ['phone', 'Phone'],
]

export const addressField = (part: keyof Address): string => `reship.address.${part}`

/** An empty form: nothing chosen, and beside each part what is most likely meant. */
export function emptyFields(live: LiveOrder, options: Options): Fields {
  const { address, method } = options.reship
  return {
    reason: [],
    reason_text: [],
    hit: ['none'],
    cancel: ['no'],
    'cancel.restock': yes(true),
    'cancel.notify': yes(false),
    reship: ['no'],
    ...Object.fromEntries(ADDRESS_FIELDS.map(([part]) => [addressField(part), [address?.[part] ?? '']])),
    'reship.method': [method],
    'reship.pays': ['shop'],
    'reship.fee': [],
    'reship.notify': yes(false),
    refund: ['no'],
    'refund.amount': [],
    'refund.to': [options.refund.routes.find(({ why }) => why === null)?.to ?? 'original'],
    'refund.payee_name': [live.customer.name],
    'refund.payee_account': [],
    'refund.notify': yes(false),
    gift_card: ['no'],
    'gift_card.amount': [],
    'gift_card.expires': [],
    'gift_card.message': [],
    'gift_card.notify': yes(true),
  }
}

/** The fields of an intention: read again, they say the same. */
export function fieldsOf(input: ActionInput): Fields {
  return {
    reason: [input.reason.code],
    reason_text: [input.reason.text],
    hit: input.hit.length > 0 ? [...input.hit] : ['none'],
    ...cancelFields(input.cancel),
    ...reshipFields(input.reship),
    ...refundFields(input.refund),
    ...giftCardFields(input.giftCard),
  }
}

function cancelFields(cancel: ActionInput['cancel']): Fields {
  if (cancel === null) return { cancel: ['no'] }
  return {
    cancel: [cancel.lines === null ? 'all' : 'lines'],
    ...quantities('cancel', cancel.lines ?? []),
    'cancel.restock': yes(cancel.restock),
    'cancel.notify': yes(cancel.notify),
    ...ownReason('cancel', cancel.reason),
  }
}

function reshipFields(reship: ActionInput['reship']): Fields {
  if (reship === null) return { reship: ['no'] }
  return {
    reship: ['yes'],
    ...quantities('reship', reship.lines),
    ...Object.fromEntries(reship.lines.map(({ lineId, variantId }) => [variantField(lineId), [variantId ?? 'same']])),
    ...Object.fromEntries(ADDRESS_FIELDS.map(([part]) => [addressField(part), [reship.address[part]]])),
    'reship.method': [reship.method],
    'reship.pays': [reship.pays],
    'reship.fee': reship.fee ? [toDecimal(reship.fee)] : [],
    'reship.notify': yes(reship.notify),
    ...ownReason('reship', reship.reason),
  }
}

function refundFields(refund: ActionInput['refund']): Fields {
  if (refund === null) return { refund: ['no'] }
  return {
    refund: [refund.what === 'lines' && refund.shipping ? 'lines_shipping' : refund.what],
    ...quantities('refund', refund.lines),
    'refund.amount': refund.amount ? [toDecimal(refund.amount)] : [],
    'refund.to': [refund.to],
    ...(refund.payee && { 'refund.payee_name': [refund.payee.name], 'refund.payee_account': [refund.payee.account] }),
    'refund.notify': yes(refund.notify),
    ...ownReason('refund', refund.reason),
  }
}

function giftCardFields(card: ActionInput['giftCard']): Fields {
  if (card === null) return { gift_card: ['no'] }
  return {
    gift_card: ['yes'],
    'gift_card.amount': [toDecimal(card.amount)],
    'gift_card.expires': card.expiresOn ? [card.expiresOn] : [],
    'gift_card.message': [card.message],
    'gift_card.notify': yes(card.notify),
    ...ownReason('gift_card', card.reason),
  }
}

const quantities = (part: PartWithLines, lines: readonly { lineId: string; quantity: number }[]): Fields =>
  Object.fromEntries(lines.map(({ lineId, quantity }) => [lineField(part, lineId), [String(quantity)]]))

const ownReason = (part: string, code: string | null): Fields => ({ [`${part}.reason`]: [code ?? 'same'] })
