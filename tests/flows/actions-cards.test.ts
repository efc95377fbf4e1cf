import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import {
  type ActionStart,
  approveAction,
  declineAction,
  getCombinedAction,
  listCombinedActions,
  showActionProgress,
  undoAction,
} from '../../shared/combined-actions.ts'
import { getQueue } from '../../shared/queues.ts'
import { getTicket } from '../../shared/tickets.ts'
import { formsAt, unlimitedByDay } from '../support/action-forms.ts'
import { ordersOf } from '../support/action-orders.ts'
import type { StaffName } from '../support/desk.ts'
import { buttonsOf, textOf } from '../support/panel-hands.ts'
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
  desk.fern.policy({ giftCards: true })
  await goOn()
})

type Order = Parameters<typeof forms.about>[0]
type Card = Parameters<typeof buttonsOf>[0]

const actionOn = async (orderId: string) => {
  const { items } = await desk.as('ada').call(listCombinedActions, { query: { view: 'all', limit: 50 } })
  const action = items.find((one) => one.orderId === orderId)
  if (!action) throw new Error('Nothing was confirmed')
  return action
}

/** Nora confirms a preset as it is filled in. */
async function confirmed(order: Order, start: ActionStart) {
  const on = await forms.about(order)
  const card = await forms.panel().press(await forms.begin(on, start), 'Confirm')
  return { ...on, card, action: await actionOn(on.orderId) }
}

/** Nora wants to give back more than an agent may alone. */
async function askedFor() {
  const on = await forms.about(shop.delivered(shop.buy({ lines: [{ title: 'Samovar', price: 40_000 }] })))
  const details = await forms.begin(on, 'refund')
  const review = await forms.panel().press(details, 'Review', { reason: 'quality', refund: 'all' })
  const card = await forms.panel().press(review, 'Ask for approval')
  return { review, card, action: await actionOn(on.orderId) }
}

/** The undo window passes, and what comes after it. */
async function goOn(): Promise<void> {
  for (let minute = 0; minute < 2; minute++) {
    await desk.travel('61 s')
    await desk.settle()
  }
}

const labelsOf = (card: Card) => buttonsOf(card).map(({ label }) => label)

const ticketAs = (who: StaffName, ticketId: string) => desk.as(who).call(getTicket, { params: { ticketId } })
const cardAs = (who: StaffName, actionId: string) => desk.as(who).call(showActionProgress, { params: { actionId } })

test('every card of its agent begins with an action that runs, and nobody else’s does', async () => {
  const { action, orderId, ticketId } = await confirmed(shop.buy(), 'changed_mind')
  const elsewhere = await forms.about(shop.buy())
  const expected = {
    id: action.id,
    ticketId,
    orderNumber: action.orderNumber,
    state: 'undoable',
    words: 'Refund £37.00, cancel',
    undoSeconds: expect.any(Number),
    problem: null,
  }
  expect((await ticketAs('nora', elsewhere.ticketId)).running).toEqual([expected])
  expect((await desk.as('nora').call(getQueue, { params: { view: 'mine' } })).running).toEqual([expected])
  expect((await ticketAs('sam', elsewhere.ticketId)).running).toEqual([])
  expect((await desk.as('sam').call(getQueue, { params: { view: 'mine' } })).running).toEqual([])
  expect((await ticketAs('sam', ticketId)).shop.orders.find(({ id }) => id === orderId)).toMatchObject({
    starts: [],
    noStarts: null,
    acting: {
      id: action.id,
      mine: false,
      by: 'Nora',
      state: 'undoable',
      words: 'The action of Nora on this order can still be taken back: Refund £37.00, cancel.',
    },
  })
  await desk.travel('20 s')
  expect((await ticketAs('nora', elsewhere.ticketId)).running[0]?.undoSeconds).toBeLessThanOrEqual(40)
})

test('an action that was taken back says what was stopped, and its order can be acted on again', async () => {
  const before = desk.fern.effects('refund.made').length
  const { action, orderId, ticketId } = await confirmed(shop.buy(), 'changed_mind')
  const elsewhere = await forms.about(shop.buy())
  const [running] = (await ticketAs('nora', elsewhere.ticketId)).running
  const params = { actionId: running?.id ?? '' }
  const key = `undo-${running?.id}`
  const card = await desk.as('nora').call(undoAction, { params, body: {}, key })
  expect(card.title).toBe(`Taken back · ${action.orderNumber}`)
  expect(textOf(card)).toContain(
    'Stopped: Refund £37.00 to Visa •••• 4242; Cancel the whole order, and put its goods back into stock.',
  )
  expect(await desk.as('nora').call(undoAction, { params, body: {}, key })).toEqual(card)
  await desk.settle()
  const after = await ticketAs('nora', ticketId)
  expect(after.running).toEqual([])
  expect(after.shop.orders.find(({ id }) => id === orderId)).toMatchObject({ acting: null, noStarts: null })
  await goOn()
  expect(desk.fern.effects('refund.made')).toHaveLength(before)
})

test('what can be begun follows from how the order stands', async () => {
  const startsOn = async (order: Order) => (await forms.about(order)).order.starts.map(({ start }) => start)
  expect(await startsOn(shop.buy())).toEqual([
    'late',
    'changed_mind',
    'refund',
    'gift_card',
    'reship',
    'cancel',
    'blank',
  ])
  const delivered = await startsOn(shop.delivered(shop.buy()))
  expect(delivered).not.toContain('cancel')
  expect(delivered).not.toContain('lost_parcel')
  expect(delivered).toContain('spillage')
  expect(await startsOn(shop.sent(shop.buy()))).toContain('lost_parcel')
  expect(await startsOn(shop.openCash())).not.toContain('refund')
})

test('somebody who only reads sees no choices', async () => {
  const { ticketId, orderId } = await forms.about(shop.buy())
  const seen = (await ticketAs('rhea', ticketId)).shop.orders.find(({ id }) => id === orderId)
  expect(seen).toMatchObject({ acting: null, starts: [], noStarts: null })
})

test('an action above a limit waits for a supervisor, who is told why', async () => {
  const { review, action, card } = await askedFor()
  expect(textOf(review)).toMatch(
    /A supervisor must agree before anything leaves: £405.00 is above the limit of £100.00 .*\./,
  )
  expect(card.title).toContain('Waits for approval')
  expect(textOf(card)).toContain('It is worth more than one action of its agent may give away.')
  expect(labelsOf(card)).toEqual(['Undo', 'Refresh', 'Back to the ticket'])
  expect(action).toMatchObject({ state: 'waiting_approval', may: ['undo', 'approve'] })
  await desk.settle()
  const params = { actionId: action.id }
  expect((await desk.as('vera').call(getCombinedAction, { params })).may).toContain('approve')
  const open = await desk.as('vera').call(listCombinedActions, { query: { view: 'to_approve' } })
  expect(open.items.map(({ id }) => id)).toEqual([action.id])
  await desk.as('vera').call(approveAction, { params, body: { word: 'Yes' } })
  expect((await cardAs('nora', action.id)).title).toMatch(/About to begin|Running/)
})

test('an action that was declined says who said no and what they wrote', async () => {
  const { action } = await askedFor()
  await desk.settle()
  await desk
    .as('vera')
    .call(declineAction, { params: { actionId: action.id }, body: { word: 'Ask for a photo first.' } })
  const card = await cardAs('nora', action.id)
  expect(card.title).toContain('Declined')
  expect(textOf(card)).toContain('Vera said no: Ask for a photo first. Nothing has left')
  expect(labelsOf(card)).toEqual(['Back to the ticket'])
})

test('an action that stands still says why and what can be done; reviewed again it is the rest only', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const { press } = forms.panel()
  const what = await forms.begin(on, 'blank')
  const details = await press(what, 'Next', { reason: 'quality', refund: 'shipping', gift_card: 'yes' })
  const review = await press(details, 'Review', { 'gift_card.amount': '5' })
  const progress = await press(review, 'Confirm')
  desk.fern.policy({ giftCards: false })
  await goOn()
  const parked = await press(progress, 'Refresh')
  expect(parked.title).toContain('Stands still')
  expect(labelsOf(parked)).toEqual(['Resume', 'Review again', 'Stop here', 'Refresh', 'Back to the ticket'])
  expect(textOf(parked)).toContain('Done · £5.00: Refund £5.00 to Visa •••• 4242')
  expect(textOf(parked)).toMatch(/Refused · £5.00: Issue a gift card/)
  expect((await ticketAs('nora', on.ticketId)).running).toMatchObject([
    { state: 'parked', undoSeconds: null, problem: expect.stringContaining('No card was issued') },
  ])
  desk.fern.policy({ giftCards: true })
  const again = await press(parked, 'Review again')
  expect(textOf(again)).toContain('This is what is not done yet.')
  expect(textOf(again)).not.toContain('Refund £5.00')
  const second = await press(again, 'Confirm')
  await goOn()
  expect((await press(second, 'Refresh')).title).toContain('Done')
  expect((await press(parked, 'Refresh')).title).toContain('Stopped')
  expect(desk.fern.effects('gift-card.made')).toHaveLength(1)
})

test('actions are listed newest first, page by page, as somebody asks for them', async () => {
  const ask = (who: StaffName, query: object) => desk.as(who).call(listCombinedActions, { query })
  const first = await ask('ada', { view: 'all', limit: 2 })
  const second = await ask('ada', { view: 'all', limit: 2, cursor: first.next ?? '' })
  const all = await ask('ada', { view: 'all', limit: 50 })
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.items.slice(0, 4).map(({ id }) => id))
  await expect(ask('ada', { view: 'mine', cursor: first.next ?? '' })).rejects.toThrow('belongs to another list')
  expect((await ask('sam', { view: 'mine', limit: 50 })).items).toEqual([])
  expect((await ask('ada', { view: 'open', limit: 50 })).items.every(({ state }) => state !== 'done')).toBe(true)
})
