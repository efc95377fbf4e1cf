import { refused, userError } from '../../graphql/refusal.ts'
import type { Resource } from '../../graphql/resource.ts'
import type { Address } from '../../store/records/address.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import { isEmail } from '../customers/email.ts'
import { type MetafieldInput, metafieldError, metafieldsFor } from '../metafields/with-owner.ts'
import { addressIn } from './addresses.ts'
import { carryOut, changing } from './changing.ts'
import { orderById } from './visibility.ts'

interface OrderInput {
  id: Gid
  note?: string | null
  tags?: string[] | null
  email?: string | null
  phone?: string | null
  shippingAddress?: Partial<Address> | null
  customAttributes?: { key: string; value: string }[] | null
  metafields?: MetafieldInput[] | null
}

export const orderUpdateResource: Resource = {
  mutations: {
    orderUpdate: (_: unknown, { input }: { input: OrderInput }, ctx) => {
      const order = orderById(ctx, input.id)
      if (!order) return refused(userError('id', 'Order does not exist'))
      if (input.tags?.some((tag) => tag.length > 40))
        return { ...refused(userError('tags', 'Tags are too long (maximum is 40 characters)')), order }
      if (input.email && !isEmail(input.email)) return { ...refused(userError('email', 'Email is invalid')), order }
      const objection = metafieldError(ctx, order.id, input.metafields)
      if (objection) return { ...refused(objection), order }
      const act = changing(ctx.shop, order, patchIn(input))
      carryOut(ctx.shop, act, { changes: metafieldsFor(ctx, order.id, input.metafields) })
      return { order: act.order, userErrors: [] }
    },
  },
}

/** A field that is not named stays; note and tags are overwritten, not added to. */
function patchIn({ note, tags, email, phone, shippingAddress, customAttributes }: OrderInput): Partial<OrderRecord> {
  return {
    ...(note === undefined ? {} : { note }),
    ...(tags ? { tags: [...new Set(tags.map((tag) => tag.trim()))].sort() } : {}),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(shippingAddress ? { shippingAddress: addressIn(shippingAddress) } : {}),
    ...(customAttributes ? { customAttributes } : {}),
  }
}
