import { fromDecimal, inWords, placesOf } from '../../../../shared/money.ts'
import type { Bag, Money } from '../store/records/money.ts'

/** The two currencies of an order and what ties them: so much presentment money is one unit of shop money. */
export interface Currencies {
  currency: string
  presentmentCurrency: string
  rate: string
}

/** A bag from an amount in the customer's currency; the shop's half is rounded to its smallest unit. */
export const bagOf = (of: Currencies, minor: number): Bag => ({
  shop: { minor: inShopMoney(of, minor), currency: of.currency },
  presentment: { minor, currency: of.presentmentCurrency },
})

/** A bag from an amount in the shop's currency. */
export const bagFromShop = (of: Currencies, minor: number): Bag => ({
  shop: { minor, currency: of.currency },
  presentment: {
    minor: converted(minor, of.currency, of.presentmentCurrency, of.rate),
    currency: of.presentmentCurrency,
  },
})

export const nothing = (of: Currencies): Bag => bagOf(of, 0)

export const plus = (one: Bag, other: Bag): Bag => ({
  shop: { ...one.shop, minor: one.shop.minor + other.shop.minor },
  presentment: { ...one.presentment, minor: one.presentment.minor + other.presentment.minor },
})

export const minus = (one: Bag, other: Bag): Bag => plus(one, times(other, -1))

export const times = (bag: Bag, factor: number): Bag => ({
  shop: { ...bag.shop, minor: bag.shop.minor * factor || 0 },
  presentment: { ...bag.presentment, minor: bag.presentment.minor * factor || 0 },
})

export const total = (of: Currencies, bags: readonly Bag[]): Bag => bags.reduce(plus, nothing(of))

/** The part of a bag that falls on the first `units` of `all`; parts of neighbouring units add up to the whole. */
export const shareOf = (bag: Bag, units: number, all: number): Bag => ({
  shop: { ...bag.shop, minor: portion(bag.shop.minor, units, all) },
  presentment: { ...bag.presentment, minor: portion(bag.presentment.minor, units, all) },
})

export const least = (one: Bag, other: Bag): Bag => (one.presentment.minor <= other.presentment.minor ? one : other)

export const atLeastNothing = (bag: Bag): Bag => (bag.presentment.minor <= 0 ? times(bag, 0) : bag)

/** An amount of presentment money out of `left`; all of it takes the shop's half whole too, so that nothing stays behind. */
export const takenFrom = (of: Currencies, left: Bag, minor: number): Bag =>
  left.presentment.minor === minor ? left : bagOf(of, minor)

/** @throws RangeError when the amount says more than the currency can hold */
export const minorOf = (amount: string, currency: string): number => fromDecimal(amount, currency).minor

/** As Shopify writes money in its messages: $25.00. */
export const inMessage = (money: Money): string => inWords(money)

const portion = (minor: number, units: number, all: number) => (all === 0 ? 0 : Math.round((minor * units) / all))

const inShopMoney = ({ currency, presentmentCurrency, rate }: Currencies, minor: number) =>
  currency === presentmentCurrency ? minor : divided(minor, presentmentCurrency, currency, rate)

function converted(minor: number, from: string, to: string, rate: string): number {
  if (from === to) return minor
  const { digits, scale } = exactly(rate)
  return rounded(BigInt(minor) * digits * unit(to), scale * unit(from))
}

function divided(minor: number, from: string, to: string, rate: string): number {
  const { digits, scale } = exactly(rate)
  return rounded(BigInt(minor) * scale * unit(to), digits * unit(from))
}

/** A decimal string as a fraction: 1.25 is 125 of 100. */
function exactly(rate: string) {
  const [whole = '', fraction = ''] = rate.split('.')
  return { digits: BigInt(whole + fraction), scale: 10n ** BigInt(fraction.length) }
}

const unit = (currency: string) => 10n ** BigInt(placesOf(currency))

/** To the nearest whole number, halves away from zero. */
function rounded(amount: bigint, by: bigint): number {
  const size = amount < 0n ? -amount : amount
  const whole = Number((size * 2n + by) / (by * 2n))
  return amount < 0n ? -whole : whole
}
