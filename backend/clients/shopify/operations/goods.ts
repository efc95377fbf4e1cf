import { query } from './operation.ts'

const VARIANT = `
fragment Variant on ProductVariant {
  id
  title
  sku
  price
  availableForSale
  inventoryPolicy
  inventoryQuantity
  inventoryItem { tracked requiresShipping }
  media(first: 1) { nodes { preview { image { url } } } }
  product { id title status featuredMedia { preview { image { url } } } }
}`

const SHOP = 'shop { currencyCode }'

/** How many variants one call names. */
export const VARIANTS_PER_BATCH = 20

export const variants = query(
  'Variants',
  100,
  `query Variants($ids: [ID!]!) {
  ${SHOP}
  nodes(ids: $ids) { ... on ProductVariant { ...Variant } }
}${VARIANT}`,
)

export const variantsOfProduct = query(
  'VariantsOfProduct',
  81,
  `query VariantsOfProduct($id: ID!, $after: String) {
  ${SHOP}
  product(id: $id) {
    variants(first: 50, after: $after, sortKey: POSITION) { nodes { ...Variant } pageInfo { hasNextPage endCursor } }
  }
}${VARIANT}`,
)

export const variantsBySku = query(
  'VariantsBySku',
  47,
  `query VariantsBySku($query: String!) {
  ${SHOP}
  productVariants(query: $query, first: 10) { nodes { ...Variant } }
}${VARIANT}`,
)

export const shipsTo = query('ShipsTo', 1, 'query ShipsTo { shop { shipsToCountries } }')

export const deliveryMethods = query(
  'DeliveryMethods',
  3,
  `query DeliveryMethods($input: DraftOrderAvailableDeliveryOptionsInput!) {
  draftOrderAvailableDeliveryOptions(input: $input) {
    availableShippingRates { title price { amount currencyCode } }
  }
}`,
)
