import {
  ShopifyAccessLost,
  ShopifyRefused,
  ShopifySchemaChanged,
  ShopifyThrottled,
  ShopifyUnavailable,
} from '../../clients/shopify/index.ts'

/** The words of a failure that did nothing and that no retry changes; null for any other. */
export const refusalOf = (error: unknown): string | null =>
  error instanceof ShopifyRefused || error instanceof ShopifyAccessLost ? error.message : null

/** Whether Shopify has certainly not acted on it. */
export const didNothing = (error: unknown): boolean =>
  error instanceof ShopifyThrottled ||
  (error instanceof ShopifyUnavailable && !error.mayHaveHappened) ||
  (error instanceof ShopifySchemaChanged && !error.mayHaveHappened)

/** What Shopify refuses after an act is no refusal of the act. @throws ShopifyUnavailable, so that the act is looked up */
export async function afterActing<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (error) {
    if (refusalOf(error) === null) throw error
    throw new ShopifyUnavailable('Shopify did not show what became of the gift card.', {
      cause: error,
      mayHaveHappened: true,
    })
  }
}
