import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import {
  type ActionInput,
  createCombinedAction,
  draftActionAnswer,
  stopAction,
  undoAction,
} from '../../shared/combined-actions.ts'
import { listPayouts, markPayoutPaid } from '../../shared/finance.ts'
import { deactivateGiftCard } from '../../shared/gift-cards.ts'
import { failRefund, settleRefund } from '../../workbench/emulators/shopify/world/bank.ts'
import { formsAt } from '../support/action-forms.ts'
import { ordersOf } from '../support/action-orders.ts'
import { refusalOf } from '../support/caller.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let forms: ReturnType<typeof formsAt>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  forms = formsAt(desk)
})
afterAll(() => desk.stop())
afterEach(() => {
  desk.shopify.faults.clear()
  desk.fern.bank('at-once')
})

type Order = Parameters<typeof forms.about>[0]
type Wish = Record<string, unknown>

/** An action on an order, carried out as far as it goes. */
async function act(order: Order, wish: Wish) {
  const on = await forms.about(order)
  const params = { ticketId: on.ticketId, orderId: on.orderId }
  const body = { reason: { code: 'goodwill' }, ...wish } as unknown as ActionInput
  const action = await desk.as('nora').call(createCombinedAction, { params, body })
  await goOn()
  return action
}

/** The undo window passes, and whatever Shopify still works on. */
async function goOn(): Promise<void> {
  for (let minute = 0; minute < 3; minute++) {
    await desk.travel('61 s')
    await desk.settle()
  }
}

const answerTo = ({ id }: { id: string }) =>
  desk.as('nora').call(draftActionAnswer, { params: { actionId: id }, body: {} })

/** The sentences about what was done. */
const saidOf = async (action: { id: string }): Promise<string[]> =>
  (await answerTo(action)).text.split('\n').flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : []))

const FIVE = { minor: 500, currency: 'GBP' }
const PAID = 'the way you paid. Your bank may take a few days to show it.'

test('the answer is a draft to the customer, under the ticket’s subject, signed by the agent', async () => {
  const order = shop.delivered(shop.buy())
  const action = await act(order, { refund: { what: 'shipping' } })
  const draft = await answerTo(action)
  expect(draft).toMatchObject({ to: 'ada@home.example', subject: `Re: About ${order.name}` })
  expect(draft.text).toBe(
    [
      'Hello Ada Moss,',
      `this is what we have done about your order ${order.name}:`,
      `- We have refunded £5.00 ${PAID}`,
      'Kind regards,\nNora',
    ].join('\n\n'),
  )
})

test('an answer that is asked for too early says when to press again', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const params = { ticketId: on.ticketId, orderId: on.orderId }
  const refund = { what: 'shipping' as const }
  const body = { reason: { code: 'goodwill' }, refund }
  const action = await desk.as('nora').call(createCombinedAction, { params, body })
  const refused = await refusalOf(answerTo(action))
  const seconds = Number(refused.retryAfter)
  expect(seconds > 0 && seconds <= 60).toBe(true)
  expect(refused).toMatchObject({
    code: 'in_progress',
    message: `It begins in ${seconds} s: Refund £5.00 to Visa •••• 4242. Press again when every step is done.`,
  })
  await desk.as('nora').call(undoAction, { params: { actionId: action.id }, body: {} })
  await expect(answerTo(action)).rejects.toThrow('This action did nothing, so there is nothing to tell the customer.')
})

test('money that the bank still holds is on its way, and refunded when it has arrived', async () => {
  desk.fern.bank('when-told')
  const action = await act(shop.delivered(shop.buy()), { refund: { what: 'shipping' } })
  expect(await saidOf(action)).toEqual(['A refund of £5.00 is on its way to you, the way you paid.'])
  settleRefund(desk.fern.shop, await moneyOf(action))
  await desk.settle()
  expect(await saidOf(action)).toEqual([`We have refunded £5.00 ${PAID}`])
})

test('money that the bank sends back later is not spoken of any more', async () => {
  desk.fern.bank('when-told')
  const action = await act(shop.delivered(shop.buy()), { refund: { what: 'shipping' } })
  failRefund(desk.fern.shop, await moneyOf(action))
  await desk.settle()
  await expect(answerTo(action)).rejects.toThrow('there is nothing to tell the customer')
})

/** The transaction in the shop that moves the money of an action's refund. */
async function moneyOf({ id }: { id: string }): Promise<string> {
  const sealed = await desk.read((tx) => tx.actionStep.findFirstOrThrow({ where: { actionId: id, kind: 'refund' } }))
  const refundId = `gid://shopify/Refund/${sealed.source?.split('/')[1]}`
  const [money] = [...desk.fern.shop.tables.transactions.all()].filter((one) => one.refundId === refundId)
  return money?.id ?? ''
}

test('money that the bank turns down at once is not in the answer', async () => {
  desk.fern.bank('refuses')
  const refund = { what: 'shipping' }
  const action = await act(shop.delivered(shop.buy()), { refund, giftCard: { amount: FIVE } })
  const said = await saidOf(action)
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('a gift card of £5.00')
})

test('cash is «we will transfer» until finance has paid it', async () => {
  const order = shop.delivered(shop.collected(shop.openCash()))
  const payee = { name: 'Ada Moss', account: 'GB33BUKB20201555555555' }
  const action = await act(order, { refund: { what: 'shipping', to: 'payout', payee } })
  expect(await saidOf(action)).toEqual(['We will transfer £5.00 to your account.'])
  const { items } = await desk.as('frank').call(listPayouts)
  const payoutId = items.find(({ actionId }) => actionId === action.id)?.id ?? ''
  await desk.as('frank').call(markPayoutPaid, { params: { payoutId }, body: { reference: 'TX-1' } })
  expect(await saidOf(action)).toEqual(['We have transferred £5.00 to your account.'])
})

test('an order that was paid on delivery and not paid yet is cancelled, and no money is spoken of', async () => {
  const order = shop.openCash()
  const action = await act(order, { cancel: { lines: null } })
  expect(await saidOf(action)).toEqual([`Your order ${order.name} is cancelled.`])
})

test('lines that were taken out of an order are named, with their money', async () => {
  const order = shop.buy()
  const lineId = order.lines[0]?.id ?? ''
  const lines = [{ lineId, quantity: 1 }]
  const action = await act(order, { cancel: { lines }, refund: { what: 'lines', lines } })
  expect(await saidOf(action)).toEqual([
    'We have taken this out of your order: 1 × Green tea.',
    `We have refunded £12.00 ${PAID}`,
  ])
})

test('a gift card comes from the shop, with its last day and without its code', async () => {
  const giftCard = { amount: FIVE, expiresOn: '2030-12-31', message: 'Sorry' }
  const { text } = await answerTo(await act(shop.delivered(shop.buy()), { giftCard }))
  expect(text).toContain(
    'We have given you a gift card of £5.00, good until 31 December 2030. You get it in a mail of its own from our shop.',
  )
  expect(text).not.toMatch(/ccgc/i)
})

test('a gift card that was taken back is not spoken of; the one that was given for it is', async () => {
  const action = await act(shop.delivered(shop.buy()), { refund: { what: 'shipping' }, giftCard: { amount: FIVE } })
  const takeBack = async (reissue: boolean) => {
    const card = await desk.read((tx) =>
      tx.giftCardIssue.findFirstOrThrow({ where: { actionId: action.id, state: 'issued' } }),
    )
    await desk.as('vera').call(deactivateGiftCard, { params: { giftCardId: card.id }, body: { reissue } })
    await desk.settle()
  }
  await takeBack(true)
  expect((await saidOf(action)).join()).toContain('a gift card of £5.00')
  await takeBack(false)
  expect(await saidOf(action)).toEqual([`We have refunded £5.00 ${PAID}`])
})

test('what is sent again is told with its new number, and that it costs nothing', async () => {
  const order = shop.delivered(shop.buy())
  const on = await forms.about(order)
  const progress = await forms.panel().press(await forms.begin(on, 'spillage'), 'Confirm')
  await goOn()
  const id = /combined-actions\/([^/]+)/.exec(JSON.stringify(progress))?.[1] ?? ''
  const [said] = await saidOf({ id })
  expect(said).toMatch(
    /^We have placed a new order for you, at no cost to you: 2 × Green tea, 1 × Mug. Its number is FF-\d+\.$/,
  )
})

test('in two currencies the customer reads their own', async () => {
  const order = shop.delivered(
    shop.buy({
      seenIn: { currency: 'SEK', rate: '13' },
      lines: [{ title: 'Green tea', price: 15_600 }],
      shipping: null,
    }),
  )
  const amount = { minor: 7_850, currency: 'SEK' }
  const action = await act(order, { refund: { what: 'amount', amount } })
  expect(await saidOf(action)).toEqual([`We have refunded SEK\u00a078.50 ${PAID}`])
})

test('a payment that came from a card and a gift card goes back the way it came', async () => {
  const action = await act(shop.delivered(shop.mixed()), { refund: { what: 'all' } })
  expect(await saidOf(action)).toEqual([`We have refunded £37.00 ${PAID}`])
})

test('of an action that was refused in the middle only what was done is told, once it was stopped', async () => {
  const order = shop.delivered(shop.buy())
  const on = await forms.about(order)
  const params = { ticketId: on.ticketId, orderId: on.orderId }
  const refund = { what: 'shipping' as const }
  const body = { reason: { code: 'goodwill' }, refund, giftCard: { amount: FIVE } }
  const action = await desk.as('nora').call(createCombinedAction, { params, body })
  desk.fern.policy({ giftCards: false })
  await goOn()
  await expect(answerTo(action)).rejects.toThrow('Not everything is done yet: Issue a gift card')
  await desk.as('nora').call(stopAction, { params: { actionId: action.id }, body: {} })
  expect(await saidOf(action)).toEqual([`We have refunded £5.00 ${PAID}`])
  desk.fern.policy({ giftCards: true })
})
