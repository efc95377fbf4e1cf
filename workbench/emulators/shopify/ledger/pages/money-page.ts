import { type Html, html } from '../../../../host/views/html.ts'
import { legacyId } from '../../graphql/gid.ts'
import type { StoreCreditRecord } from '../../store/records/customers.ts'
import type { GiftCardRecord } from '../../store/records/gift-cards.ts'
import type { Money } from '../../store/records/money.ts'
import type { OrderRecord, TransactionRecord } from '../../store/records/orders.ts'
import { type BankManner, bankManners } from '../bank-manners.ts'
import { both, money, state } from '../words.ts'
import { actForm, choice, group } from './forms.ts'
import { badge, ledgerOf, moment, table } from './frame.ts'

export interface MoneyView {
  domain: string
  totals: { received: Money; refunded: Money; underway: Money; promised: Money; giftCards: Money; credit: Money[] }
  moves: { order: OrderRecord | undefined; transaction: TransactionRecord }[]
  giftCards: { card: GiftCardRecord; holder: string }[]
  credits: { account: StoreCreditRecord; holder: string }[]
  manner: BankManner
  now: Date
}

/** Every movement of money, and what the shop owes as cards and credit. */
export const moneyPage = (view: MoneyView): (Html | null)[] => [
  totals(view),
  group('The bank', [
    actForm(view.domain, { name: 'manner', words: 'Let it be so' }, [
      choice(
        'manner',
        'Refunds',
        (Object.keys(bankManners) as BankManner[]).map((value) => ({
          value,
          words: bankManners[value],
          selected: value === view.manner,
        })),
      ),
    ]),
  ]),
  html`<section>${moves(view)}</section>`,
  html`<section>${giftCards(view)}</section>`,
  html`<section>${credits(view)}</section>`,
]

const totals = ({ totals: t }: MoneyView) => html`
  <dl class="totals">
    ${figure('Received', money(t.received))}
    ${figure('Given back', money(t.refunded))}
    ${figure('Refunds on their way', money(t.underway))}
    ${figure('Still to be collected', money(t.promised))}
    ${figure('On gift cards', money(t.giftCards))}
    ${figure('As store credit', t.credit.length === 0 ? 'none' : t.credit.map(money).join(', '))}
  </dl>`

const figure = (name: string, value: string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`

const moves = ({ domain, moves: all, now }: MoneyView) =>
  table(
    'Every movement',
    ['When', 'Order', 'What', 'State', 'How', 'Amount'],
    all.map(({ order, transaction: one }) => [
      moment(one.processedAt ?? one.createdAt, now),
      order ? html`<a href=${`${ledgerOf(domain)}/orders/${legacyId(order.id)}`}>${order.name}</a>` : 'deleted',
      state(one.kind),
      badge(one.status),
      one.card ? `${one.card.company} ending ${one.card.number}` : one.formattedGateway,
      both(one.amount),
    ]),
  )

const giftCards = ({ giftCards: all, now }: MoneyView) =>
  table(
    'Gift cards',
    ['Ends in', 'Made', 'For', 'Worth', 'Left', 'State', 'Note'],
    all.map(({ card, holder }) => [
      html`<code>${card.code.slice(-4)}</code>`,
      moment(card.createdAt, now),
      holder,
      money(card.initial),
      money(card.balance),
      card.deactivatedAt
        ? html`<span class="state quiet">Deactivated</span>`
        : html`<span class="state good">Works</span>`,
      card.note ?? '',
    ]),
  )

const credits = ({ credits: all }: MoneyView) =>
  table(
    'Store credit',
    ['Customer', 'Balance', 'Movements'],
    all.map(({ account, holder }) => [
      holder,
      money(account.balance),
      html`<ul>${account.transactions.map(({ amount, event }) => html`<li>${money(amount)} ${state(event)}</li>`)}</ul>`,
    ]),
  )
