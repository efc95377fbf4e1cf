import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { listCombinedActions, startActionDraft } from '../../shared/combined-actions.ts'
import { getTicket, linkOrder } from '../../shared/tickets.ts'
import { formsAt, unlimitedByDay } from '../support/action-forms.ts'
import { ordersOf } from '../support/action-orders.ts'
import { buttonsOf, textOf, widgetsOf } from '../support/panel-hands.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let forms: ReturnType<typeof formsAt>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  forms = formsAt(desk)
  await unlimitedByDay(desk)
})
afterAll(() => desk.stop())
afterEach(async () => {
  desk.fern.bank('at-once')
  desk.fern.policy({ giftCards: true })
  desk.shopify.faults.clear()
  await goOn()
})

type Card = Parameters<typeof buttonsOf>[0]

const labelsOf = (card: Card) => buttonsOf(card).map(({ label }) => label)

/** The undo window passes, and what comes after it. */
async function goOn(): Promise<void> {
  for (let minute = 0; minute < 2; minute++) {
    await desk.travel('61 s')
    await desk.settle()
  }
}

const actionsOn = async (orderId: string) =>
  (await desk.as('ada').call(listCombinedActions, { query: { view: 'all', limit: 50 } })).items.filter(
    (action) => action.orderId === orderId,
  )

test('a review that was changed since is shown anew instead of being confirmed', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const params = { ticketId: on.ticketId, orderId: on.orderId }
  const begin = () => desk.as('nora').call(startActionDraft, { params, body: { start: 'late' }, key: 'the-same-press' })
  const { press } = forms.panel()
  const first = await begin()
  expect(textOf(first)).toContain('Issue a gift card of £5.00')
  const details = await press(first, 'Change')
  await press(details, 'Review', { 'gift_card.amount': '50' })
  const again = await press(await begin(), 'Confirm')
  expect(again.title).toContain('Review')
  expect(textOf(again)).toContain('Issue a gift card of £50.00')
  expect(await actionsOn(on.orderId)).toEqual([])
  expect((await press(again, 'Confirm')).title).toContain('About to begin')
})

const LONG = 'x'.repeat(600)
const PLAIN = /^(?!.*(Too big|Too small|Invalid|expected))/s

test.each([
  ['reason_text', LONG],
  ['gift_card.message', LONG],
  ['gift_card.expires', 'soon'],
  ['reship.address.firstName', LONG],
  ['reship.address.zip', LONG],
  ['reship.address.address1', LONG],
  ['reship.method', []],
  ['refund.line', '99999'],
])('what does not fit into %s is said in plain words', async (name, typed) => {
  desk.fern.policy({ delivery: [] })
  const on = await forms.about(shop.delivered(shop.buy()))
  const { press } = forms.panel()
  const chosen = { reason: 'goodwill', refund: 'lines', reship: 'yes', gift_card: 'yes' }
  const details = await press(await forms.begin(on, 'blank'), 'Next', chosen)
  const line = widgetsOf(details)
    .flatMap((widget) => ('name' in widget ? [widget.name] : []))
    .find((one) => one.startsWith('refund.line.'))
  const field = name === 'refund.line' ? (line ?? '') : name
  const refused = await press(details, 'Review', { [line ?? '']: '1', 'gift_card.amount': '5', [field]: typed })
  const said = widgetsOf(refused).flatMap((widget) =>
    widget.kind === 'text' && widget.tone === 'warning' ? [widget.text] : [],
  )
  expect(said.join('\n')).toMatch(/[a-z]/)
  expect(said.join('\n')).toMatch(PLAIN)
})

test('who may not go on with an action that stands still is not told how to', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const review = await forms.begin(on, 'late')
  const progress = await forms.panel().press(review, 'Confirm')
  desk.fern.policy({ giftCards: false })
  await goOn()
  const own = await forms.panel().press(progress, 'Refresh')
  expect(textOf(own)).toContain('Resume goes on')
  expect(textOf(own)).toContain('Review again opens')
  const supervisor = await forms.panel('vera').press(progress, 'Refresh')
  expect(labelsOf(supervisor)).not.toContain('Review again')
  expect(textOf(supervisor)).not.toContain('Review again')
  const reader = await forms.panel('rhea').press(progress, 'Refresh')
  expect(textOf(reader)).not.toContain('Resume')
})

test('money that the bank holds or turned down is not called done', async () => {
  desk.fern.bank('refuses')
  const on = await forms.about(shop.delivered(shop.buy()))
  const { press } = forms.panel()
  const review = await press(await forms.begin(on, 'refund'), 'Review', { reason: 'goodwill', 'refund.amount': '3' })
  const progress = await press(review, 'Confirm')
  await goOn()
  const done = await press(progress, 'Refresh')
  expect(textOf(done)).not.toContain('Everything is done.')
  expect(textOf(done)).toContain('The bank turned down £3.00')
})

test('goods are called free again when they are', async () => {
  const on = await forms.about(shop.buy())
  const progress = await forms.panel().press(await forms.begin(on, 'changed_mind'), 'Confirm')
  await desk.settle()
  const undone = await forms.panel().press(progress, 'Undo')
  expect(textOf(undone)).not.toContain('free again')
  await desk.settle()
  expect(textOf(await forms.panel().press(progress, 'Refresh'))).toContain('Goods that were held back are free again.')
  const none = await forms.about(shop.delivered(shop.buy()))
  const card = await forms.panel().press(await forms.begin(none, 'late'), 'Confirm')
  const back = textOf(await forms.panel().press(card, 'Undo'))
  expect(back).not.toContain('held back')
  expect(back).not.toContain('Shopify mails')
})

test('what can still be taken back and what needs a person stand above all other actions', async () => {
  const needing = await forms.about(shop.delivered(shop.buy()))
  await forms.panel().press(await forms.begin(needing, 'late'), 'Confirm')
  desk.fern.policy({ giftCards: false })
  await goOn()
  desk.fern.policy({ giftCards: true })
  const waiting = await forms.about(shop.delivered(shop.buy({ lines: [{ title: 'Samovar', price: 40_000 }] })))
  const review = await forms.panel().press(await forms.begin(waiting, 'refund'), 'Review', { reason: 'quality' })
  await forms.panel().press(review, 'Ask for approval')
  const { running } = await desk.as('nora').call(getTicket, { params: { ticketId: waiting.ticketId } })
  const names = [needing, waiting].map(({ order }) => order.number)
  expect(running.map(({ orderNumber }) => orderNumber).filter((one) => names.includes(one))).toEqual(names)
})

test('a notice that nobody can get is refused instead of being promised', async () => {
  const order = shop.delivered(shop.buy())
  desk.fern.change(order.id, { email: null, customerId: null })
  const on = await forms.about(order)
  const proof = { number: order.name, postcode: 'SE1 7PB' }
  await desk.as('nora').call(linkOrder, { params: { ticketId: on.ticketId, orderId: on.orderId }, body: { proof } })
  const { press } = forms.panel()
  const typed = { reason: 'goodwill', 'refund.amount': '3', 'refund.notify': 'yes' }
  const card = await press(await forms.begin(on, 'refund'), 'Review', typed)
  expect(textOf(card)).not.toContain('Shopify mails the customer that money is given back.')
  expect(textOf(card)).toContain('no e-mail address')
})
