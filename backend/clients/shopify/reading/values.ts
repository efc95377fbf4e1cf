import { z } from 'zod'
import { fromDecimal, type Money, placesOf } from '../../../../shared/money.ts'

/** gid://shopify/Order/1 */
export const Gid = z.string().regex(/^gid:\/\/shopify\/\w+\/.+$/)

export const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

const Amount = z.object({ amount: z.string(), currencyCode: z.string() })

/** An exact amount; one that the currency cannot hold is an answer that we do not understand. */
export const ExactMoney = Amount.transform(({ amount, currencyCode }, context): Money => {
  const money = moneyOf(amount, currencyCode)
  if (!money) context.addIssue({ code: 'custom', message: 'not an amount of this currency' })
  return money ?? z.NEVER
})

/** Unit prices after discounts, and unit costs, may have more decimals than their currency: half goes up. */
export const RoundedMoney = Amount.transform(({ amount, currencyCode }, context): Money => {
  const money = moneyOf(rounded(amount, currencyCode), currencyCode)
  if (!money) context.addIssue({ code: 'custom', message: 'not an amount' })
  return money ?? z.NEVER
})

const both = (money: typeof ExactMoney) =>
  z
    .object({ shopMoney: money, presentmentMoney: money })
    .transform(({ shopMoney, presentmentMoney }) => ({ shop: shopMoney, presentment: presentmentMoney }))

export const Both = both(ExactMoney)
export const RoundedBoth = both(RoundedMoney)

/** A connection, as far as we read it. */
export const connection = <T extends z.ZodType>(node: T) =>
  z
    .object({
      nodes: z.array(node),
      pageInfo: z
        .object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() })
        .refine(({ hasNextPage, endCursor }) => !hasNextPage || endCursor !== null, 'goes on without a cursor'),
    })
    .transform(({ nodes, pageInfo }) => ({ items: nodes, next: pageInfo.hasNextPage ? pageInfo.endCursor : null }))

export type Page<T> = {
  items: T[]
  /** Cursor of the next page; null at the end. */
  next: string | null
}

/** Reads a bare decimal (`Money` in Shopify's schema) in a currency known from elsewhere. */
export const roundedMoney = (amount: string, currency: string) => moneyOf(rounded(amount, currency), currency)

function moneyOf(amount: string, currency: string): Money | null {
  try {
    return fromDecimal(amount, currency)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function rounded(amount: string, currency: string): string {
  const [whole = '', fraction = ''] = amount.split('.')
  const places = placesOf(currency)
  if (fraction.length <= places || !/^-?\d+$/.test(whole) || !/^\d+$/.test(fraction)) return amount
  const sign = whole.startsWith('-') ? '-' : ''
  const kept = BigInt(whole.replace('-', '') + fraction.slice(0, places))
  const digits = String(kept + (Number(fraction[places]) >= 5 ? 1n : 0n)).padStart(places + 1, '0')
  return places === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`
}
