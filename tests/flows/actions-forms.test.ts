import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { forgetForms } from '../../backend/features/combined-actions/index.ts'
import { confirmActionDraft, listCombinedActions, turnActionDraft } from '../../shared/combined-actions.ts'
import { linkOrder, unlinkOrder } from '../../shared/tickets.ts'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import { formsAt } from '../support/action-forms.ts'
import { ordersOf } from '../support/action-orders.ts'
import { buttonOf, buttonsOf, callOf, fieldOf, textOf, widgetsOf } from '../support/panel-hands.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let forms: ReturnType<typeof formsAt>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  forms = formsAt(desk)
})
afterAll(() => desk.stop())
afterEach(() => desk.shopify.faults.clear())

const labelsOf = (card: Parameters<typeof buttonsOf>[0]) => buttonsOf(card).map(({ label }) => label)

/** The draft that a card of a form belongs to. */
const draftOf = (card: Parameters<typeof buttonsOf>[0]): string =>
  /action-drafts\/([^/]+)/.exec(JSON.stringify(card))?.[1] ?? ''

const actionsOf = async (orderId: string) =>
  (await desk.as('ada').call(listCombinedActions, { query: { view: 'all', limit: 50 } })).items.filter(
    (action) => action.orderId === orderId,
  )

test('a preset leads to its review at once, and one press confirms it', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const review = await forms.begin(on, 'spillage')
  expect(review.title).toBe(`Review · ${on.order.number}`)
  expect(textOf(review)).toContain('Send 2 × Green tea, 1 × Mug to Ada Moss')
  expect(textOf(review)).toContain('worth £32.00')
  expect(textOf(review)).toContain('After you confirm, it can be taken back for 60 seconds.')
  expect(textOf(review)).toContain('Nothing from Shopify. Only your own answer tells them.')
  expect(labelsOf(review)).toEqual(['Confirm', 'Change', 'Cancel'])
  const progress = await forms.panel().press(review, 'Confirm')
  expect(progress.title).toBe(`About to begin · ${on.order.number}`)
  expect(labelsOf(progress)).toEqual(['Undo', 'Write the answer', 'Refresh', 'Back to the ticket'])
})

test('a start that makes no sense for the order says why and asks what to do instead', async () => {
  const on = await forms.about(shop.buy())
  const card = await forms.begin(on, 'lost_parcel')
  expect(card.title).toBe(`Make it right · ${on.order.number}`)
  expect(textOf(card)).toContain(`Nothing of ${on.order.number} has been sent yet`)
})

test('what an order does not allow is named with its reason instead of being offered', async () => {
  const delivered = await forms.begin(await forms.about(shop.delivered(shop.buy())), 'blank')
  expect(textOf(delivered)).toMatch(/Cancel: Not possible: .* has been delivered, so it cannot be cancelled/)
  expect(() => fieldOf(delivered, 'cancel')).toThrow('no field')
  const cash = await forms.begin(await forms.about(shop.openCash()), 'blank')
  expect(textOf(cash)).toMatch(/Refund: Not possible: .* is paid on delivery and nothing has been collected/)
})

test('a form that is filled in by hand asks page by page and keeps what was typed', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const what = await forms.begin(on, 'blank')
  const { press } = forms.panel()
  const asked = await press(what, 'Next', { refund: 'lines' })
  expect(asked.title).toContain('Make it right')
  expect(textOf(asked)).toContain('Choose a reason.')
  expect(fieldOf(asked, 'refund')).toEqual(['lines'])
  const details = await press(asked, 'Next', { reason: 'quality' })
  expect(textOf(details)).toContain('Green tea · £12.00 each')
  const [tea] = linePicks(details)
  const review = await press(details, 'Review', { [tea ?? '']: '1', 'refund.notify': 'yes' })
  expect(textOf(review)).toContain('Refund £12.00 to Visa •••• 4242')
  expect(textOf(review)).toContain('Shopify mails the customer that money is given back.')
  const back = await press(review, 'Change')
  expect(fieldOf(back, tea ?? '')).toEqual(['1'])
  expect(fieldOf(back, 'refund.notify')).toEqual(['yes'])
  expect(fieldOf(await press(back, 'Other parts'), 'reason')).toEqual(['quality'])
})

const linePicks = (card: Parameters<typeof widgetsOf>[0]): string[] =>
  widgetsOf(card).flatMap((widget) => ('name' in widget && widget.name.includes('.line.') ? [widget.name] : []))

test('each part alone is a form of its own, which asks why', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const { press } = forms.panel()
  const card = await forms.begin(on, 'gift_card')
  expect(card.title).toContain('Details')
  expect(fieldOf(card, 'reason')).toEqual(['none'])
  expect(textOf(await press(card, 'Review'))).toContain('Choose a reason.')
  const review = await press(card, 'Review', {
    reason: 'goodwill',
    'gift_card.amount': '7,50',
    'gift_card.message': 'Sorry',
  })
  expect(textOf(review)).toContain('£7.50')
  expect(textOf(review)).toContain('Shopify mails the customer the gift card with its code.')
  const refund = await press(await forms.begin(on, 'refund'), 'Review', { reason: 'goodwill', refund: 'amount' })
  expect(textOf(refund)).toContain('Review')
})

test.each([
  [{ 'refund.amount': '9999' }, 'At most £37.00'],
  [{ 'refund.amount': '-5' }, 'An amount cannot be negative'],
  [{ 'refund.amount': '1.234' }, 'can be read in two ways'],
  [{ 'refund.amount': '5 EUR' }, 'This amount is in GBP'],
  [{ 'refund.amount': [] }, 'Write an amount'],
])('a refund of %j comes back with what is wrong and with all that was typed', async (typed, words) => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const { press } = forms.panel()
  const details = await press(await forms.begin(on, 'blank'), 'Next', { reason: 'late', refund: 'amount' })
  const refused = await press(details, 'Review', { ...typed, 'refund.notify': 'yes' })
  expect(refused.title).toContain('Details')
  expect(textOf(refused)).toContain(words)
  expect(fieldOf(refused, 'refund.notify')).toEqual(['yes'])
  const amount = typed['refund.amount']
  expect(fieldOf(refused, 'refund.amount')).toBe(typeof amount === 'string' ? amount : '')
  expect(await actionsOf(on.orderId)).toEqual([])
})

test('a way for the money that the order does not allow is not taken, whatever the form says', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const { press } = forms.panel()
  const details = await press(await forms.begin(on, 'blank'), 'Next', { reason: 'late', refund: 'amount' })
  const review = await press(details, 'Review', { 'refund.to': 'payout', 'refund.amount': '5', cancel: 'all' })
  expect(textOf(review)).toContain('Refund £5.00 to Visa •••• 4242')
  expect(textOf(review)).not.toContain('Cancel the')
})

test('a reason that needs words asks for them, and an address that is not complete for the rest of it', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const { press } = forms.panel()
  const what = await forms.begin(on, 'blank')
  const details = await press(what, 'Next', { reason: 'other', reship: 'yes' })
  const unsaid = await press(details, 'Review', { 'reship.address.zip': 'nonsense', 'reship.address.lastName': [] })
  expect(unsaid.title).toContain('Details')
  expect(textOf(unsaid)).toContain('The address needs a family name')
  expect(fieldOf(unsaid, 'reship.address.zip')).toBe('nonsense')
  const unworded = await press(unsaid, 'Review', { 'reship.address.lastName': 'Moss', 'reship.address.zip': 'SE1 7PB' })
  expect(textOf(unworded)).toContain('This reason needs a sentence')
  const review = await press(unworded, 'Next', { reason_text: 'The box was wet.' })
  expect(textOf(await press(review, 'Review'))).toContain('Send 2 × Green tea')
})

test('something else can be sent instead of what the shop has no more', async () => {
  const { productId, variantId } = desk.fern.goods('Oil', 900, 300, 1)
  const order = shop.delivered(shop.buy({ lines: [{ title: 'Oil', productId, variantId, price: 900 }] }))
  addVariant(variantId, 'Large')
  const on = await forms.about(order)
  const { press, follow } = forms.panel()
  const details = await press(await forms.begin(on, 'blank'), 'Next', { reason: 'late', reship: 'yes' })
  expect(textOf(details)).toContain('Oil is out of stock')
  const pick = widgetsOf(details).find((widget) => widget.kind === 'pick' && widget.name === 'reship.swap')
  if (pick?.kind !== 'pick' || pick.press?.kind !== 'call') throw new Error('Nothing can be swapped')
  const lineId = pick.choices.find(({ label }) => label === 'Oil')?.value ?? ''
  const asked = await follow(pick.press, { 'reship.swap': lineId, 'reship.address.phone': '+44 20 7946 0958' })
  expect(fieldOf(asked, 'reship.address.phone')).toBe('+44 20 7946 0958')
  expect(textOf(asked)).toContain('Instead of Oil')
  const variant = widgetsOf(asked).find((widget) => widget.kind === 'pick' && widget.name.startsWith('reship.variant.'))
  if (variant?.kind !== 'pick') throw new Error('There is nothing to choose')
  const large = variant.choices.find(({ label }) => label.startsWith('Oil, Large, £9.00'))?.value ?? ''
  const review = await press(asked, 'Review', { [variant.name]: large })
  expect(textOf(review)).toContain('Send 1 × Oil, Large')
})

function addVariant(of: string, title: string): void {
  const { shop: fern } = desk.fern
  const known = fern.tables.variants.get(of)
  if (!known) throw new Error(`There is no ${of}`)
  const [id, inventoryItemId] = [fern.newGid('ProductVariant'), fern.newGid('InventoryItem')]
  fern.commit([put('variants', { ...known, id, inventoryItemId, title, position: 2, tracked: false })])
}

test('an order of 250 lines is counted page by page within the hundred widgets of a card', async () => {
  const lines = Array.from({ length: 250 }, (_, at) => ({ title: `Tea ${at + 1}`, price: 100 + at }))
  const on = await forms.about(shop.delivered(shop.buy({ lines })))
  const { press } = forms.panel()
  const what = await forms.begin(on, 'blank')
  expect(widgetsOf(what).length).toBeLessThanOrEqual(90)
  const first = await press(what, 'Next', { reason: 'quality', refund: 'lines', reship: 'yes', gift_card: 'yes' })
  expect(widgetsOf(first).length).toBeLessThanOrEqual(90)
  expect(textOf(first)).toContain('of 250')
  const [tea] = linePicks(first).filter((name) => name.startsWith('refund.'))
  const next = await press(first, 'More lines', { [tea ?? '']: '1' })
  expect(linePicks(next)).not.toContain(tea)
  expect(textOf(next)).toMatch(/Lines 23 to 44 of 250/)
  const [later] = linePicks(next).filter((name) => name.startsWith('refund.'))
  const alone = await press(await press(next, 'Other parts', { [later ?? '']: '1' }), 'Next', {
    reship: 'no',
    gift_card: 'no',
  })
  expect(textOf(await press(alone, 'Review'))).toContain('Refund £2.22 to Visa •••• 4242') // 1.00 and 1.22
})

test('something else for more lines than a card has room for stays chosen, and the card keeps its room', async () => {
  const teas = Array.from({ length: 24 }, (_, at) => desk.fern.goods(`Herb ${at + 1}`, 100, 50))
  for (const { variantId } of teas) addVariant(variantId, 'Large')
  const lines = teas.map(({ title, productId, variantId, price }) => ({ title, productId, variantId, price }))
  const on = await forms.about(shop.delivered(shop.buy({ lines })))
  const { press, follow } = forms.panel()
  let card = await press(await forms.begin(on, 'blank'), 'Next', {
    reason: 'quality',
    reship: 'yes',
    refund: 'lines',
    gift_card: 'yes',
  })
  const swapOf = (from: typeof card) => {
    const found = widgetsOf(from).find((widget) => 'name' in widget && widget.name === 'reship.swap')
    if (found?.kind !== 'pick' || found.press?.kind !== 'call') throw new Error('Nothing can be swapped')
    return { press: found.press, lineIds: found.choices.map(({ value }) => value).filter((value) => value !== 'none') }
  }
  let chosen: Record<string, string> = {}
  for (const lineId of swapOf(card).lineIds.slice(0, 16)) {
    card = await follow(swapOf(card).press, { ...chosen, 'reship.swap': lineId })
    const name = `reship.variant.${lineId.split('/').at(-1)}`
    const pick = widgetsOf(card).find((widget) => 'name' in widget && widget.name === name)
    const large = pick?.kind === 'pick' ? pick.choices.find(({ label }) => label.includes('Large'))?.value : undefined
    chosen = { [name]: large ?? '' }
    expect(widgetsOf(card).length).toBeLessThanOrEqual(86)
  }
  const review = await press(card, 'Review', {
    'gift_card.amount': '5',
    [linePicks(card).find((one) => one.startsWith('refund.')) ?? '']: '1',
  })
  expect(textOf(review)).toMatch(/1 × Herb 1, Large.* 1 × Herb 6, Large/)
})

test('while Shopify is away the form says so and keeps what was typed', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const { press } = forms.panel()
  const details = await press(await forms.begin(on, 'blank'), 'Next', { reason: 'late', refund: 'amount' })
  desk.shopify.faults.add({ operation: '*', kind: '503', times: 100, shop: FERN })
  const refused = await press(details, 'Review', { 'refund.amount': '5' })
  expect(refused.title).toContain('Details')
  expect(fieldOf(refused, 'refund.amount')).toBe('5')
  desk.shopify.faults.clear()
  expect((await press(refused, 'Review')).title).toContain('Review')
})

test('an order that the warehouse changed between review and Confirm is shown anew, and nothing has happened', async () => {
  const order = shop.buy()
  const on = await forms.about(order)
  const review = await forms.begin(on, 'changed_mind')
  desk.fern.ship(order.id, 'RM-SENT')
  const again = await forms.panel().press(review, 'Confirm')
  expect(textOf(again)).toContain('The warehouse sent 1 parcel since you looked.')
  expect(await actionsOf(on.orderId)).toEqual([])
})

test('a form of more than an hour ago is shown anew before it is confirmed', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const review = await forms.begin(on, 'changed_mind')
  await desk.travel('61 min')
  const again = await forms.panel().press(review, 'Confirm')
  expect(again.title).toContain('Review')
  expect(textOf(again)).toContain('This form is more than an hour old.')
  expect(await actionsOf(on.orderId)).toEqual([])
  expect((await forms.panel().press(again, 'Confirm')).title).toContain('About to begin')
})

test('a form that was confirmed leads to its action from every page, and is never a second one', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const { press } = forms.panel()
  const review = await forms.begin(on, 'changed_mind')
  await press(review, 'Confirm')
  const params = { ticketId: on.ticketId, draftId: draftOf(review) }
  const twice = await desk.as('nora').call(confirmActionDraft, { params, body: {} })
  expect(twice.say).toBe('This form was confirmed already. This is how far it is.')
  expect((await press(review, 'Change')).title).toContain('About to begin')
  expect(await actionsOf(on.orderId)).toHaveLength(1)
})

test('fields that come with Confirm change nothing of what was reviewed', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const { press } = forms.panel()
  const review = await press(await forms.begin(on, 'refund'), 'Review', { reason: 'late', 'refund.amount': '3' })
  await press(review, 'Confirm', { 'refund.amount': '30', refund: 'all', gift_card: 'yes', 'gift_card.amount': '50' })
  const [action] = await actionsOf(on.orderId)
  expect(action?.steps.map(({ kind, amount }) => [kind, amount?.text ?? null])).toEqual([
    ['refund', '£3.00'],
    ['tag', null],
  ])
})

test('a form belongs to the one who began it, and to its ticket', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const review = await forms.begin(on, 'changed_mind')
  const params = { ticketId: on.ticketId, draftId: draftOf(review) }
  const gone = 'This form is not there any more'
  await expect(desk.as('sam').call(confirmActionDraft, { params, body: {} })).rejects.toThrow(gone)
  await expect(desk.as('rhea').call(confirmActionDraft, { params, body: {} })).rejects.toThrow('may not do this')
  const other = await forms.about(shop.delivered(shop.buy()))
  const elsewhere = { ...params, ticketId: other.ticketId, page: 'details' }
  await expect(desk.as('nora').call(turnActionDraft, { params: elsewhere, body: {} })).rejects.toThrow(gone)
})

test('nothing can be begun on an order that is closed to the ticket, also when it was open before', async () => {
  const order = shop.delivered(shop.buy())
  const stranger = await forms.about(order, 'stranger@home.example')
  expect(stranger.order).toMatchObject({ starts: [], noStarts: expect.stringContaining('not known to be the buyer') })
  await expect(forms.begin(stranger, 'refund')).rejects.toThrow('Ask for the order number and the postcode')
  const params = { ticketId: stranger.ticketId, orderId: stranger.orderId }
  const proof = { number: order.name, postcode: 'SE1 7PB' }
  await desk.as('nora').call(linkOrder, { params, body: { proof } })
  const review = await forms.begin(stranger, 'changed_mind')
  await desk.as('nora').call(unlinkOrder, { params })
  await expect(forms.panel().press(review, 'Confirm')).rejects.toThrow('Ask for the order number and the postcode')
  expect(await actionsOf(stranger.orderId)).toEqual([])
})

test('a second form on an order with an open action is refused with whose it is and how far', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const first = await forms.begin(on, 'changed_mind')
  await expect(forms.begin(on, 'late', 'sam')).rejects.toThrow('Nora has just begun on this ticket.')
  await desk.travel('11 min')
  const second = await forms.begin(on, 'late', 'sam')
  await expect(forms.panel().press(first, 'Confirm')).rejects.toThrow('Sam has just begun on this ticket')
  await desk.travel('11 min')
  await forms.panel().press(first, 'Confirm')
  await expect(forms.begin(on, 'late', 'sam')).rejects.toThrow(
    'The action of Nora on this order can still be taken back',
  )
  await expect(forms.panel('sam').press(second, 'Confirm')).rejects.toThrow('Nora')
})

test('every press of a card goes to an address of this ticket or this form', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const review = await forms.begin(on, 'changed_mind')
  expect(callOf(buttonOf(review, 'Confirm'))).toMatchObject({
    method: 'POST',
    path: expect.stringContaining(`/v1/tickets/${on.ticketId}/action-drafts/${draftOf(review)}/confirmation?review=`),
    lay: 'update',
  })
})

test('forms that nobody goes on with are forgotten after a week', async () => {
  const on = await forms.about(shop.delivered(shop.buy()))
  const review = await forms.begin(on, 'changed_mind')
  await desk.travel('8 days')
  await forgetForms.perform(desk.ctx, desk.workspaceId, {})
  await expect(forms.panel().press(review, 'Confirm')).rejects.toThrow('forms are kept for 7 days')
  expect(await desk.read((tx) => tx.actionDraft.count({ where: { id: draftOf(review) } }))).toBe(0)
})
