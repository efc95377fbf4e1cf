import { changePolicy } from '../../resources/policies.ts'
import type { Shop } from '../../shop.ts'
import { put } from '../../store/entries.ts'
import type { ProductRecord } from '../../store/records/goods.ts'
import { type Act, type Form, Refused } from './act.ts'
import { minorIn } from './owner.ts'

/** What the owner makes of the shop: what it sells, where it sends, and whether it has gift cards. */
export const policyActs: Record<string, Act> = {
  discontinue({ shop }, form) {
    return `${sold(shop, form, 'ARCHIVED').title} is not sold any more.`
  },
  'sell-again'({ shop }, form) {
    return `${sold(shop, form, 'ACTIVE').title} is sold again.`
  },
  'gift-cards'({ shop }, form) {
    const giftCards = form.text('has') === 'yes'
    changePolicy(shop, { giftCards })
    return giftCards ? 'The plan has gift cards.' : 'The plan has no gift cards any more.'
  },
  'gift-card-limit'({ shop }, form) {
    const { currency } = shop.seed
    changePolicy(shop, { giftCardLimit: minorIn(form, currency) })
    return `A gift card may be worth ${form.text('amount')} ${currency}.`
  },
  'ships-to'({ shop }, form) {
    const shipsTo = form
      .text('countries')
      .toUpperCase()
      .split(/[\s,]+/)
    if (!shipsTo.every((country) => /^[A-Z]{2}$/.test(country)))
      throw new Refused('Countries are two letters each: GB, IE.')
    changePolicy(shop, { shipsTo })
    return `The shop sends to ${shipsTo.join(', ')}.`
  },
}

function sold(shop: Shop, form: Form, status: ProductRecord['status']): ProductRecord {
  const product = shop.tables.products.get(form.text('product'))
  if (!product) throw new Refused('The shop has no such product.')
  shop.commit(
    [put('products', { ...product, status, updatedAt: shop.at() })],
    [{ topic: 'PRODUCTS_UPDATE', record: product }],
  )
  return product
}
