import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { getActionSettings, listCombinedActions, writeActionSettings } from '../../shared/combined-actions.ts'
import type { PanelCard } from '../../shared/panel.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import type { NoticeKind } from '../../workbench/emulators/shopify/store/records/shop.ts'
import { formsAt } from '../support/action-forms.ts'
import { ordersOf } from '../support/action-orders.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let forms: ReturnType<typeof formsAt>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  forms = formsAt(desk)
  const settings = await desk.as('ada').call(getActionSettings)
  const agent = { action: null, order: null, customerYear: null, agentDay: null } // one customer buys all day long
  await desk.as('ada').call(writeActionSettings, { body: { ...settings, limits: { ...settings.limits, agent } } })
})
afterAll(() => desk.stop())

type Typed = Record<string, string>
type Case = { order: () => OrderRecord; parts: Typed; details: Typed; mails: NoticeKind[] }

/** What the review says, by what Shopify sends then. */
const SENTENCES: Record<string, NoticeKind> = {
  'Shopify mails the customer a confirmation of the new order.': 'order-receipt',
  'Shopify mails the customer that money is given back.': 'refund',
  'Shopify mails the customer that goods were taken out of the order.': 'refund',
  'Shopify mails the customer that the order is cancelled.': 'order-cancelled',
  'Shopify mails the customer the gift card with its code.': 'gift-card',
}

const promised = ({ sections }: PanelCard): NoticeKind[] =>
  sections
    .filter(({ title }) => title === 'The customer will get')
    .flatMap(({ widgets }) => widgets.flatMap((widget) => (widget.kind === 'text' ? widget.text.split('\n') : [])))
    .flatMap((line) => SENTENCES[line] ?? (line.startsWith('Nothing from Shopify') ? [] : [line as NoticeKind]))

const seenIn = { currency: 'SEK', rate: '13' }

const CASES: Record<string, Case> = {
  'delivered and paid, everything told': {
    order: () => shop.delivered(shop.buy()),
    parts: { reship: 'yes', refund: 'shipping', gift_card: 'yes' },
    details: { 'reship.notify': 'yes', 'refund.notify': 'yes', 'gift_card.amount': '5' },
    mails: ['gift-card', 'order-receipt', 'refund'],
  },
  'delivered and paid, nothing chosen': {
    order: () => shop.delivered(shop.buy()),
    parts: { reship: 'yes', refund: 'shipping', gift_card: 'yes' },
    details: { 'gift_card.amount': '5' },
    mails: ['gift-card'],
  },
  'a gift card that the shop does not send': {
    order: () => shop.delivered(shop.buy()),
    parts: { gift_card: 'yes' },
    details: { 'gift_card.amount': '5', 'gift_card.notify': 'no' },
    mails: [],
  },
  'not sent, cancelled with its money': {
    order: () => shop.buy(),
    parts: { cancel: 'all', refund: 'all' },
    details: { 'cancel.notify': 'yes', 'refund.notify': 'yes' },
    mails: ['order-cancelled', 'refund'],
  },
  'not sent, lines taken out without money': {
    order: () => shop.buy(),
    parts: { cancel: 'lines' },
    details: { 'cancel.notify': 'yes' },
    mails: ['refund'],
  },
  'collected cash, paid out': {
    order: () => shop.delivered(shop.collected(shop.openCash())),
    parts: { refund: 'shipping' },
    details: { 'refund.to': 'payout', 'refund.payee_account': 'GB33BUKB20201555555555', 'refund.notify': 'yes' },
    mails: ['refund'],
  },
  'cash that nobody collected, cancelled': {
    order: () => shop.openCash(),
    parts: { cancel: 'all' },
    details: { 'cancel.notify': 'yes' },
    mails: ['order-cancelled'],
  },
  'paid by card and gift card': {
    order: () => shop.delivered(shop.mixed()),
    parts: { refund: 'all' },
    details: { 'refund.notify': 'yes' },
    mails: ['refund'],
  },
  'in two currencies': {
    order: () => shop.delivered(shop.buy({ seenIn, lines: [{ title: 'Tea', price: 15_600 }], shipping: null })),
    parts: { refund: 'amount', gift_card: 'yes' },
    details: { 'refund.amount': '78.50', 'refund.notify': 'yes', 'gift_card.amount': '5' },
    mails: ['gift-card', 'refund'],
  },
}

test.each(Object.keys(CASES))('%s: the customer gets the mails that the review listed, and no other', async (name) => {
  const { order, parts, details, mails } = CASES[name] as Case
  const bought = order()
  const on = await forms.about(bought)
  const { press } = forms.panel()
  const page = await press(await forms.begin(on, 'blank'), 'Next', { reason: 'goodwill', ...parts })
  const [line = ''] = bought.lines.map(({ id }) => id.split('/').at(-1))
  const counted: Typed = parts['cancel'] === 'lines' ? { [`cancel.line.${line}`]: '1' } : {}
  const review = await press(page, 'Review', { ...details, ...counted })
  expect(promised(review).sort()).toEqual(mails)
  const before = desk.fern.notices().length
  await press(review, 'Confirm')
  for (let minute = 0; minute < 2; minute++) {
    await desk.travel('61 s')
    await desk.settle()
  }
  const { items } = await desk.as('ada').call(listCombinedActions, { query: { view: 'all', limit: 50 } })
  expect(items.find(({ orderId }) => orderId === on.orderId)?.state).toBe('done')
  const sent = desk.fern.notices().slice(before)
  expect(sent.map(({ what }) => what).sort()).toEqual(mails)
  expect(sent.every(({ to }) => to === 'ada@home.example')).toBe(true)
})
