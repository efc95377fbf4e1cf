import type { Money } from '../../../../shared/money.ts'
import type { BothMoney } from '../../../clients/shopify/index.ts'

/** A payment that takes money back, and how much of it. */
export type Share = { parentId: string; gateway: string; amount: BothMoney }

/** A payment and the most that goes back to it. */
export type Shared = { parentId: string; gateway: string; most: BothMoney }

/**
 * Splits an amount over payments, the first ones first. An amount that is not all of a payment is changed into the shop's currency by the rate of
 * that payment, rounded half up.
 * @param minor in the customer's currency; no more than the payments hold together
 */
export function shareOut(minor: number, payments: readonly Shared[]): Share[] {
  let left = minor
  return payments.flatMap(({ parentId, gateway, most }) => {
    const part = Math.min(left, most.presentment.minor)
    left -= part
    return part > 0 ? [{ parentId, gateway, amount: partOf(most, part) }] : []
  })
}

/** A part of an amount in both currencies. @param minor in the customer's currency */
export const partOf = ({ shop, presentment }: BothMoney, minor: number): BothMoney => ({
  shop: { ...shop, minor: proportion(shop.minor, minor, presentment.minor) },
  presentment: { ...presentment, minor },
})

/** `whole` times `part` by `of`, exact to the last digit and rounded half up; none of them is below zero. */
export function proportion(whole: number, part: number, of: number): number {
  if (of === 0) return 0
  const twice = 2n * BigInt(whole) * BigInt(part) + BigInt(of)
  return Number(twice / (2n * BigInt(of)))
}

export const addUp = (currency: string, of: 'shop' | 'presentment', shares: readonly Share[]): Money => ({
  minor: shares.reduce((sum, { amount }) => sum + amount[of].minor, 0),
  currency,
})
