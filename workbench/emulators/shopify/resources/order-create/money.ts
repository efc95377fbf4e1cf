import { moneyIn } from '../../graphql/decimal.ts'
import type { Shop } from '../../shop.ts'
import type { Bag } from '../../store/records/money.ts'
import { bagFromShop, type Currencies } from '../bags.ts'
import type { BagInput, OrderInput } from './input.ts'

/** The order's currencies; the rate is the one that its prices show. */
export function currenciesIn(shop: Shop, input: OrderInput): Currencies {
  const { currency } = shop.seed
  const prices = [...(input.lineItems ?? []).map(({ priceSet }) => priceSet), ...shippingPrices(input)]
  const both = prices.find((price) => price?.presentmentMoney && price.presentmentMoney.currencyCode !== currency)
  const presentmentCurrency = both?.presentmentMoney?.currencyCode ?? input.presentmentCurrency ?? currency
  return { currency, presentmentCurrency, rate: both ? rateOf(both) : '1' }
}

const shippingPrices = ({ shippingLines }: OrderInput) => (shippingLines ?? []).map(({ priceSet }) => priceSet)

/** Six decimal places, as exchange rates are written. */
function rateOf({ shopMoney, presentmentMoney }: BagInput): string {
  const shop = Number(shopMoney.amount)
  const presentment = Number(presentmentMoney?.amount)
  return shop === 0 || presentment === 0 ? '1' : (presentment / shop).toFixed(6)
}

export function bagIn(of: Currencies, { shopMoney, presentmentMoney }: BagInput): Bag {
  const shop = moneyIn(shopMoney.amount, of.currency)
  if (!presentmentMoney) return bagFromShop(of, shop.minor)
  return { shop, presentment: moneyIn(presentmentMoney.amount, of.presentmentCurrency) }
}
