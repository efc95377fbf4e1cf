import { type Act, Refused, type Stage } from './act.ts'

/** What the owner, or Shopify, does to the shop itself and to the apps in it. */
export const accessActs: Record<string, Act> = {
  freeze({ shopify, shop }) {
    shopify.settings.setStatus(shop.domain, 'frozen')
    return 'The shop is frozen: its bill is not paid. Apps get no answer.'
  },
  thaw({ shopify, shop }) {
    shopify.settings.setStatus(shop.domain, 'open')
    return 'The shop is open again.'
  },
  revoke({ shopify, shop }) {
    for (const clientId of appsIn(shop)) shopify.apps.revokeTokens(shop.domain, clientId)
    return 'Every token of the app is revoked.'
  },
  'expire-tokens'({ shopify, shop }) {
    for (const clientId of appsIn(shop)) shopify.apps.expireTokens(shop.domain, clientId)
    return 'The time of the tokens is over.'
  },
  uninstall({ shopify, shop }) {
    for (const clientId of appsIn(shop)) shopify.apps.uninstall(shop.domain, clientId)
    return 'The app is removed from the shop.'
  },
  install({ shopify, shop }, form) {
    shopify.apps.install(shop.domain, form.text('app'))
    return 'The app is in the shop again.'
  },
  lose({ shopify }, form) {
    shopify.webhooks.lose(form.count('count'))
    return `The next ${form.count('count')} webhooks get lost.`
  },
  double({ shopify }, form) {
    shopify.webhooks.double(form.count('count'))
    return `The next ${form.count('count')} webhooks come twice.`
  },
  keep({ shopify }) {
    shopify.webhooks.hold()
    return 'Webhooks are kept back until they are let go.'
  },
  'let-go'({ shopify }, form) {
    shopify.webhooks.release({ reversed: form.maybe('reversed') === 'yes' })
    return 'The webhooks that were kept back are sent.'
  },
  'ask-for-data'({ shopify, shop }, form) {
    shopify.apps.requestData(shop.domain, form.text('customer'))
    return 'Apps are asked what they hold of this customer.'
  },
  redact({ shopify, shop }, form) {
    shopify.apps.redactCustomer(shop.domain, form.text('customer'))
    return 'Apps are told to forget this customer.'
  },
}

function appsIn({ state }: Stage['shop']): string[] {
  const apps = [...state.installations.keys()]
  if (apps.length === 0) throw new Refused('No app is installed in this shop.')
  return apps
}
