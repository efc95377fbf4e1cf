/**
 * The number in an id of Shopify: gid://shopify/Order/1001 is 1001n.
 * @throws RangeError when it ends in no number
 */
export function shopifyIdOf(gid: string): bigint {
  const [, digits] = /\/(\d+)(?:\?.*)?$/.exec(gid) ?? []
  if (digits === undefined) throw new RangeError(`Not an id of Shopify: ${gid.slice(0, 60)}`)
  return BigInt(digits)
}

export const orderGid = (shopifyId: bigint | string): string => `gid://shopify/Order/${shopifyId}`
export const giftCardGid = (shopifyId: bigint | string): string => `gid://shopify/GiftCard/${shopifyId}`
export const customerGid = (shopifyId: bigint | string): string => `gid://shopify/Customer/${shopifyId}`
