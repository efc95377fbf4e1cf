import { gidOf } from './graphql/gid.ts'
import type { Ground } from './ground.ts'
import { newToken, tokensOf } from './oauth/tokens.ts'
import { shopGid } from './resources/shop.ts'
import type { Shop } from './shop.ts'
import type { Kept } from './store/records/ids.ts'

/** What the shop's owner does to an installed app. */
export type Installations = ReturnType<typeof installationsOf>

export function installationsOf(ground: Ground) {
  const known = (domain: string): Shop => {
    const shop = ground.shop(domain)
    if (!shop) throw new Error(`the emulator has no shop ${domain}`)
    return shop
  }

  return {
    /** An access token that does not end, of an app installed with these scopes. */
    accessToken(domain: string, clientId: string, scopes: string[], { online = false } = {}): string {
      const installation = { shop: known(domain).domain, clientId, scopes }
      const token = newToken(ground, 'access', installation, null, { online })
      ground.store.commit([
        { t: 'installed', installation },
        { t: 'token', token },
      ])
      return token.value
    },

    /** Grants other scopes and tells the app. */
    changeScopes(domain: string, clientId: string, scopes: string[]) {
      const shop = known(domain)
      const previous = shop.state.installations.get(clientId)?.scopes ?? []
      ground.store.commit([{ t: 'installed', installation: { shop: domain, clientId, scopes } }])
      const index = ground.seed.apps.findIndex((app) => app.clientId === clientId)
      const record: ScopesChange = { id: gidOf('App', 1000 + index), previous, current: scopes }
      ground.webhooks.emit(shop, { topic: 'APP_SCOPES_UPDATE', record })
    },

    /** Puts the app in, as its owner does in the Dev Dashboard: with the scopes of its released version, or with these. */
    install(domain: string, clientId: string, scopes = ground.app(clientId)?.scopes ?? []) {
      ground.store.commit([{ t: 'installed', installation: { shop: known(domain).domain, clientId, scopes } }])
    },

    /** Removes the app: its tokens and subscriptions end with it. */
    uninstall(domain: string, clientId: string) {
      const shop = known(domain)
      if (!shop.state.installations.has(clientId)) return
      ground.webhooks.emit(shop, { topic: 'APP_UNINSTALLED', record: { id: shopGid(shop.seed) } })
      ground.store.commit([{ t: 'uninstalled', shop: domain, clientId }])
    },

    /** Every token of the app stops at once, as when its secret leaked; the app stays installed. */
    revokeTokens(domain: string, clientId: string) {
      const tokens = tokensOf(ground, known(domain).domain, clientId)
      ground.store.commit(tokens.map(({ value }) => ({ t: 'tokenGone', value })))
    },

    /** The time of the access tokens is over; refresh tokens work on. */
    expireTokens(domain: string, clientId: string) {
      const tokens = tokensOf(ground, known(domain).domain, clientId).filter(({ kind }) => kind === 'access')
      const expires = ground.now().getTime() - 1
      ground.store.commit(tokens.map((token) => ({ t: 'token', token: { ...token, expires } })))
    },

    /** The privacy topics, which go to the address in the app's own settings. */
    requestData: (domain: string, customerId: string) =>
      ground.webhooks.emitPrivacy(known(domain), {
        topic: 'CUSTOMERS_DATA_REQUEST',
        record: customerIn(known(domain), customerId),
      }),
    redactCustomer: (domain: string, customerId: string) =>
      ground.webhooks.emitPrivacy(known(domain), {
        topic: 'CUSTOMERS_REDACT',
        record: customerIn(known(domain), customerId),
      }),
    /** Shopify sends it two days after the app was removed. */
    redactShop: (domain: string) =>
      ground.webhooks.emitPrivacy(known(domain), {
        topic: 'SHOP_REDACT',
        record: { id: shopGid(known(domain).seed) },
      }),
  }
}

interface ScopesChange extends Kept {
  previous: string[]
  current: string[]
}

function customerIn(shop: Shop, id: string) {
  const customer = shop.tables.customers.get(id)
  if (!customer) throw new Error(`${shop.domain} has no customer ${id}`)
  return customer
}
