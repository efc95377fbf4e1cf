import { type Html, html } from '../../../../host/views/html.ts'
import type { Installation, ShopStatus } from '../../store/entries.ts'
import type { PolicyRecord } from '../../store/records/shop.ts'
import { actForm, choice, field, group } from './forms.ts'
import { table } from './frame.ts'

export interface ShopView {
  domain: string
  status: ShopStatus
  apps: { installation: Installation; name: string; tokens: number }[]
  /** Apps that were in the shop and are not any more. */
  removed: { id: string; words: string }[]
  customers: { id: string; words: string }[]
  goods: { id: string; words: string }[]
  policy: PolicyRecord
}

/** The shop as a whole: who may come in, and its customers. */
export const shopPage = ({ domain, status, apps, removed, customers, goods, policy }: ShopView): (Html | null)[] => {
  const people = customers.map(({ id, words }) => ({ value: id, words }))
  return [
    group('A customer', [
      actForm(domain, { name: 'buy', words: 'Buys' }, [
        choice('customer', 'Customer', people),
        choice(
          'variant',
          'What',
          goods.map(({ id, words }) => ({ value: id, words })),
        ),
        field({ name: 'quantity', label: 'How many', value: '1', type: 'number', min: 1, max: 99 }),
        choice('paid', 'Pays', [
          { value: 'card', words: 'By card' },
          { value: 'on-delivery', words: 'At the door' },
        ]),
      ]),
      actForm(domain, { name: 'ask-for-data', words: 'Asks what apps hold' }, [choice('customer', 'Customer', people)]),
      actForm(domain, { name: 'redact', words: 'Wants to be forgotten', danger: true }, [
        choice('customer', 'Customer', people),
      ]),
    ]),
    html`
      <section>
        ${table(
          'Apps',
          ['App', 'May', 'Tokens'],
          apps.map(({ installation, name, tokens }) => [name, installation.scopes.join(', '), tokens]),
        )}
      </section>`,
    group('What the shop is like', [
      policy.giftCards
        ? actForm(domain, { name: 'gift-cards', words: 'A plan without gift cards', about: { has: 'no' } })
        : actForm(domain, { name: 'gift-cards', words: 'A plan with gift cards', about: { has: 'yes' } }),
      actForm(domain, { name: 'gift-card-limit', words: 'Set' }, [
        field({ name: 'amount', label: 'The most that a gift card may be worth', hint: '2000.00' }),
      ]),
      actForm(domain, { name: 'ships-to', words: 'Set' }, [
        field({ name: 'countries', label: 'Sends to', value: policy.shipsTo.join(', ') }),
      ]),
    ]),
    group('The owner, and Shopify', [
      status === 'open'
        ? actForm(domain, { name: 'freeze', words: 'Freeze the shop', danger: true })
        : actForm(domain, { name: 'thaw', words: 'Open the shop again' }),
      apps.length > 0 && actForm(domain, { name: 'expire-tokens', words: 'Let the tokens expire' }),
      apps.length > 0 && actForm(domain, { name: 'revoke', words: 'Revoke the tokens', danger: true }),
      apps.length > 0 && actForm(domain, { name: 'uninstall', words: 'Remove the app', danger: true }),
      removed.length > 0 &&
        actForm(domain, { name: 'install', words: 'Install the app again' }, [
          choice(
            'app',
            'App',
            removed.map(({ id, words }) => ({ value: id, words })),
          ),
        ]),
    ]),
  ]
}
