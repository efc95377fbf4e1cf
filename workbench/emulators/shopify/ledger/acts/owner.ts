import { fromDecimal } from '../../../../../shared/money.ts'
import { currentWhole } from '../../resources/orders/changing.ts'
import { put } from '../../store/entries.ts'
import { buy } from '../../world/buying.ts'
import { archive, deleteOrder, editAddress, refund, tag, writeNote } from '../../world/owner.ts'
import { CARD, ON_DELIVERY } from '../../world/paying.ts'
import { both } from '../words.ts'
import { type Act, type Form, Refused } from './act.ts'

export const ownerActs: Record<string, Act> = {
  address({ shop }, form) {
    const { order } = currentWhole(shop, form.text('order'))
    editAddress(shop, order.id, {
      address1: form.text('street'),
      zip: form.text('postcode'),
      city: form.text('town'),
    })
    return `${order.name} goes to ${form.text('street')}, ${form.text('town')}.`
  },
  refund({ shop }, form) {
    const { order } = currentWhole(shop, form.text('order'))
    const made = refund(shop, order.id, minorIn(form, order.presentmentCurrency), form.maybe('note') ?? null)
    return `Gave ${both(made.total)} back.`
  },
  tag({ shop }, form) {
    tag(shop, form.text('order'), form.text('tag'))
    return `Tagged with ${form.text('tag')}.`
  },
  note({ shop }, form) {
    writeNote(shop, form.text('order'), form.maybe('note') ?? null)
    return 'The note is kept.'
  },
  archive({ shop }, form) {
    return `${archive(shop, form.text('order')).name} is put away.`
  },
  delete({ shop }, form) {
    const { order } = currentWhole(shop, form.text('order'))
    deleteOrder(shop, order.id)
    return `${order.name} is deleted for good.`
  },
  buy({ shop }, form) {
    const variant = shop.tables.variants.get(form.text('variant'))
    const product = variant && shop.tables.products.get(variant.productId)
    if (!variant || !product) throw new Refused('The shop does not sell that.')
    const order = buy(shop, {
      customerId: form.text('customer'),
      lines: [
        {
          title: product.title,
          variantTitle: variant.title === 'Default Title' ? null : variant.title,
          sku: variant.sku,
          productId: product.id,
          variantId: variant.id,
          price: variant.price.minor,
          quantity: form.count('quantity'),
          requiresShipping: variant.requiresShipping,
        },
      ],
      paid: [form.text('paid') === 'on-delivery' ? ON_DELIVERY : CARD],
    })
    return `${order.name} is placed.`
  },
  stock({ shop }, form) {
    const level = shop.tables.levels.get(form.text('level'))
    if (!level) throw new Refused('Nobody counts that.')
    const available = Number(form.text('available'))
    if (!Number.isInteger(available)) throw new Refused('Stock is counted in whole pieces.')
    shop.commit([put('levels', { ...level, available, onHand: available + level.committed, updatedAt: shop.at() })])
    return `${available} may be sold.`
  },
}

/** An amount as people type it, in the currency the customer saw. */
export function minorIn(form: Form, currency: string): number {
  try {
    return fromDecimal(form.text('amount').replace(',', '.'), currency).minor
  } catch (error) {
    if (error instanceof RangeError) throw new Refused(`${form.text('amount')} is no amount of ${currency}.`)
    throw error
  }
}
