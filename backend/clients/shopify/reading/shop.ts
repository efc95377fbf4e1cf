import { z } from 'zod'

export const About = z
  .object({
    shop: z.object({
      id: z.string(),
      name: z.string(),
      myshopifyDomain: z.string(),
      currencyCode: z.string(),
      ianaTimezone: z.string(),
      orderNumberFormatPrefix: z.string(),
      orderNumberFormatSuffix: z.string(),
      plan: z.object({ publicDisplayName: z.string(), shopifyPlus: z.boolean(), partnerDevelopment: z.boolean() }),
    }),
    currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
    publicApiVersions: z.array(z.object({ handle: z.string(), supported: z.boolean() })),
  })
  .transform(({ shop, currentAppInstallation, publicApiVersions }) => ({
    id: shop.id,
    name: shop.name,
    domain: shop.myshopifyDomain,
    currency: shop.currencyCode,
    /** For example Europe/Berlin. */
    timezone: shop.ianaTimezone,
    /** What stands around an order's number: # and nothing, as a rule. */
    orderPrefix: shop.orderNumberFormatPrefix,
    orderSuffix: shop.orderNumberFormatSuffix,
    plan: {
      name: shop.plan.publicDisplayName,
      plus: shop.plan.shopifyPlus,
      development: shop.plan.partnerDevelopment,
    },
    /** What the app was granted in this shop. */
    scopes: currentAppInstallation.accessScopes.map(({ handle }) => handle),
    apiVersions: publicApiVersions.filter(({ supported }) => supported).map(({ handle }) => handle),
  }))
export type ShopAbout = z.output<typeof About>
