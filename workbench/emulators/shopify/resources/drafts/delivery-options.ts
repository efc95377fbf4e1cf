import type { Resource } from '../../graphql/resource.ts'
import type { Gid } from '../../store/records/ids.ts'
import { policyOf } from '../policies.ts'

interface Input {
  lineItems?: { variantId?: Gid | null; quantity: number }[] | null
  shippingAddress?: { countryCode?: string | null } | null
}

/** The shop's ways of sending, where it sends at all: the same for every basket. */
export const deliveryOptionsResource: Resource = {
  queries: {
    draftOrderAvailableDeliveryOptions: (_: unknown, { input }: { input: Input }, { shop }) => {
      const { shipsTo, delivery } = policyOf(shop)
      const sends = (input.lineItems ?? []).length > 0 && shipsTo.includes(input.shippingAddress?.countryCode ?? '')
      return {
        availableShippingRates: (sends ? delivery : []).map(({ title, minor }) => ({
          code: title,
          handle: title.toLowerCase(),
          price: { minor, currency: shop.seed.currency },
          source: 'shopify',
          title,
        })),
        availableLocalDeliveryRates: [],
        availableLocalPickupOptions: [],
        pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      }
    },
  },
}
