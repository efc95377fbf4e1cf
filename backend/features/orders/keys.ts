import type { ShopOrder } from '../../clients/shopify/index.ts'
import { emailKey } from '../settings/index.ts'
import { shopifyIdOf } from './gids.ts'

/** What an order is found by. `customer` is the shop's id and Shopify's: see `customerKey`. */
export type OrderKeyKind = 'number' | 'email' | 'phone' | 'name' | 'tracking' | 'customer'
export type OrderKey = { kind: OrderKeyKind; key: string }

/** What stands around the digits of a shop's order numbers, and whose orders they are. */
export type Numbering = { id: string; numberPrefix: string; numberSuffix: string }

/** An index entry has an end; nothing that people search by is longer. */
const LONGEST = 200

/** `#ff-20 418` is FF20418: upper case, letters and digits only. */
export const numberKey = (text: string): string => lettersAndDigits(text).toUpperCase().slice(0, LONGEST)

/** `1Z 999 AA1` is 1Z999AA1. */
export const trackingKey = (text: string): string => numberKey(text)

/**
 * The last eight digits: what is left of a number however its country is written, `+45`, `0045` or not at all. Danish and Norwegian
 * numbers have no more than eight.
 * @returns null for what is too short to tell anybody apart
 */
export function phoneKey(text: string): string | null {
  const digits = text.replace(/\D/g, '').replace(/^0+/, '')
  return digits.length < 6 ? null : digits.slice(-8)
}

/** Each word of a name once, in lower case and without accents: `Zoë O'Neill` is zoe, o, neill. */
export function nameKeys(text: string): string[] {
  const plain = text.toLowerCase().replace(/[øæœßłđð]/g, (letter) => SPELT[letter] ?? letter)
  const words = plain
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
  return [...new Set(words.filter((word) => word !== '').map((word) => word.slice(0, LONGEST)))].slice(0, 12)
}

/** Letters that no accent was put on. */
const SPELT: Record<string, string> = { ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', ł: 'l', đ: 'd', ð: 'd' }

/** @param gid gid://shopify/Customer/… */
export const customerKey = (shopId: string, gid: string): string => `${shopId}:${shopifyIdOf(gid)}`

/** An order's number as it is written and without what the shop puts around it: FF20418 and 20418. */
export function numberKeysOf(name: string, { numberPrefix, numberSuffix }: Numbering): string[] {
  const whole = numberKey(name)
  const [before, after] = [numberKey(numberPrefix), numberKey(numberSuffix)]
  const bare = whole.slice(
    whole.startsWith(before) ? before.length : 0,
    whole.endsWith(after) ? -after.length || undefined : undefined,
  )
  return [...new Set([whole, bare])].filter((key) => key !== '')
}

/** Whether a look-up key may be the number of an order of this shop: its digits, or all that the shop writes. */
export const mayBeNumberOf = (shop: Numbering, key: string): boolean =>
  numberKeysOf(key, shop).some((written) => /^\d+$/.test(written))

/** E-mail addresses of an order's buyer, as they are compared. */
export const emailKeysOf = ({ email, customer }: Pick<ShopOrder, 'email' | 'customer'>): string[] =>
  unique([email, customer?.email].map((address) => (address ? emailKey(address).slice(0, LONGEST) : null)))

/** Everything that an order is found by, each once. */
export function keysOfOrder(order: ShopOrder, shop: Numbering): OrderKey[] {
  const { customer, shippingAddress, fulfilments } = order
  const found: Record<OrderKeyKind, string[]> = {
    number: numberKeysOf(order.name, shop),
    email: emailKeysOf(order),
    phone: unique(
      [order.phone, customer?.phone, shippingAddress?.phone].map((phone) => (phone ? phoneKey(phone) : null)),
    ),
    name: unique([customer?.name, shippingAddress?.name].flatMap((name) => (name ? nameKeys(name) : []))),
    tracking: unique(
      fulfilments.flatMap(({ tracking }) => tracking.map(({ number }) => (number ? trackingKey(number) : null))),
    ),
    customer: customer ? [customerKey(shop.id, customer.id)] : [],
  }
  return (Object.keys(found) as OrderKeyKind[]).flatMap((kind) => found[kind].map((key) => ({ kind, key })))
}

const unique = (keys: readonly (string | null)[]): string[] => [...new Set(keys.flatMap((key) => key || []))]

const lettersAndDigits = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')
