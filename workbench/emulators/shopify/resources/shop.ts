import { gidOf } from '../graphql/gid.ts'
import type { Ctx, Resource } from '../graphql/resource.ts'
import type { SeedShop } from '../seed.ts'
import type { Shop } from '../shop.ts'
import type { Gid } from '../store/records/ids.ts'
import { policyOf } from './policies.ts'

export const shopResource: Resource = {
  nodes: { Shop: (ctx, id) => (id === shopGid(ctx.shop.seed) ? shopOf(ctx) : null) },
  queries: {
    shop: (_: unknown, _args: unknown, ctx) => shopOf(ctx),
    currentAppInstallation: (_: unknown, _args: unknown, { app }) => ({
      id: gidOf('AppInstallation', app.clientId.length + 1000),
      accessScopes: [...app.scopes].map((handle) => ({ handle, description: handle })),
      app: { id: app.id, title: app.name, apiKey: app.clientId },
    }),
  },
}

/** A shop's id follows from its domain. */
export const shopGid = ({ domain }: SeedShop): Gid =>
  gidOf(
    'Shop',
    [...domain].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1_000_000_000, 7),
  )

const shopOf = ({ shop }: Ctx) => presented(shop, shop.seed)

const presented = (shop: Shop, seed: SeedShop) => ({
  id: shopGid(seed),
  name: seed.name,
  email: seed.email,
  contactEmail: seed.email,
  myshopifyDomain: seed.domain,
  url: `https://${seed.domain}`,
  currencyCode: seed.currency,
  enabledPresentmentCurrencies: [seed.currency, ...(seed.presentmentCurrencies ?? [])],
  ianaTimezone: seed.timezone,
  orderNumberFormatPrefix: seed.orderPrefix ?? '#',
  orderNumberFormatSuffix: seed.orderSuffix ?? '',
  plan: PLANS[seed.plan],
  shipsToCountries: policyOf(shop).shipsTo,
  features: { giftCards: policyOf(shop).giftCards },
  primaryDomain: { id: gidOf('Domain', 1), host: seed.domain, url: `https://${seed.domain}`, sslEnabled: true },
})

const plan = (publicDisplayName: string, shopifyPlus = false, partnerDevelopment = false) => ({
  publicDisplayName,
  displayName: publicDisplayName,
  shopifyPlus,
  partnerDevelopment,
})

const PLANS: Record<SeedShop['plan'], ReturnType<typeof plan>> = {
  basic: plan('Basic'),
  shopify: plan('Grow'),
  advanced: plan('Advanced'),
  plus: plan('Plus', true),
  development: plan('Development', false, true),
}
