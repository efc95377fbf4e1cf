import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { getCombinedAction } from '../../shared/combined-actions.ts'
import { listPayouts, markPayoutPaid } from '../../shared/finance.ts'
import { actionsAt, everything } from '../support/action-plans.ts'
import { booksOf } from '../support/books.ts'
import { cardsAt } from '../support/gift-card-desk.ts'
import { APP, FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
})
afterAll(() => desk.stop())

/** A customer with an order on which everything was made right. */
async function madeRight() {
  const customer = desk.fern.customer({ firstName: 'Zenobia', lastName: 'Quill', email: 'zenobia@home.example' })
  const { variantId, productId, title, price } = desk.fern.goods('Green tea', 1_200)
  const order = desk.fern.buy({ customerId: customer.id, lines: [{ title, price, variantId, productId }] })
  await desk.settle()
  const actions = actionsAt(desk)
  return { actions, customer, order, actionId: await actions.begin(order, everything(order)) }
}

/** Everything sealed that an action left behind, opened. */
const sealedOf = (actionId: string) =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    async (tx) => {
      const box = await desk.ctx.keyring.box(tx)
      const where = { workspaceId: tx.workspaceId }
      const action = await tx.combinedAction.findFirstOrThrow({ where: { ...where, id: actionId } })
      const entries = await tx.journalEntry.findMany({ where: { ...where, ticketId: action.ticketId } })
      return [
        box.openText('combined_action.content', actionId, action.content),
        ...entries.map(({ id, request }) => box.openText('journal_entry.request', id, request)),
      ].join('\n')
    },
    { reads: true },
  )

const PERSON = /Zenobia|Quill|Fern Lane|SE1 7PB|zenobia@/

test('a forgotten customer is in no action and in no line of the gift card log; what was given stays in the sums', async () => {
  const { actions, customer, actionId } = await madeRight()
  const card = await cardsAt(desk).issued({ customerId: customer.id })
  await actions.leave()
  expect(await sealedOf(actionId)).toMatch(PERSON)
  const before = await desk.as('nora').call(getCombinedAction, { params: { actionId } })
  expect(before.state).toBe('done')

  desk.shopify.apps.redactCustomer(FERN, customer.id)
  await desk.settle()

  expect(await sealedOf(actionId)).not.toMatch(PERSON)
  expect(await actions.row(actionId)).toMatchObject({ customerShopifyId: null, emailKey: null, state: 'done' })
  const after = await desk.as('nora').call(getCombinedAction, { params: { actionId } })
  expect(after.steps.map(({ kind, state, amount }) => [kind, state, amount])).toEqual(
    before.steps.map(({ kind, state, amount }) => [kind, state, amount]),
  )
  expect(JSON.stringify(after)).not.toMatch(PERSON)
  const issued = await desk.read((tx) =>
    tx.giftCardIssue.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId: desk.workspaceId, id: card.id } } }),
  )
  expect(issued).toMatchObject({ customerShopifyId: null, minor: 4_000n, state: 'issued' })
})

test('an action that still waits is carried out first, and forgotten a day later', async () => {
  const { actions, customer, actionId } = await madeRight()
  desk.shopify.apps.redactCustomer(FERN, customer.id)
  await desk.settle()
  expect(await sealedOf(actionId)).toMatch(PERSON)
  await actions.leave()
  expect((await actions.row(actionId)).state).toBe('done')
  await desk.travel('1 day')
  await desk.settle()
  expect(await sealedOf(actionId)).not.toMatch(PERSON)
})

test('money that is paid by hand after its customer was forgotten is paid, and then nobody knows to whom', async () => {
  const books = booksOf(desk)
  const { actions, customer, actionId } = await madeRight()
  await actions.leave()
  const { payoutId } = await books.done({
    shopId: desk.shopId(FERN),
    amount: { minor: 700, currency: 'GBP' },
    route: 'payout',
    payee: { name: 'Zenobia Quill', account: 'GB33BUKB20201555555555' },
    orderId: (await actions.row(actionId)).orderId,
  })
  desk.shopify.apps.redactCustomer(FERN, customer.id)
  await desk.settle()
  const payouts = async (state: 'to_pay' | 'paid') =>
    (await desk.as('frank').call(listPayouts, { query: { state } })).items.find(({ id }) => id === payoutId)
  expect((await payouts('to_pay'))?.payee.name).toBe('Zenobia Quill')
  const pay = { params: { payoutId }, body: { reference: 'TX 77' } }
  await desk.as('frank').call(markPayoutPaid, pay)
  expect(await payouts('paid')).toMatchObject({
    payee: { name: '(forgotten)', account: '(forgotten)' },
    reference: 'TX 77',
  })
})

test('a shop that is forgotten whole takes the people out of its actions and out of the gift card log', async () => {
  const { actions, customer, actionId } = await madeRight()
  const card = await cardsAt(desk).issued({ customerId: customer.id })
  await actions.leave()
  expect(await sealedOf(actionId)).toMatch(PERSON)
  desk.shopify.apps.uninstall(FERN, APP.clientId)
  await desk.travel('2 days')
  desk.shopify.apps.redactShop(FERN)
  await desk.settle()
  expect(await sealedOf(actionId)).not.toMatch(PERSON)
  expect(await actions.row(actionId)).toMatchObject({ customerShopifyId: null, emailKey: null, state: 'done' })
  const where = { workspaceId_id: { workspaceId: desk.workspaceId, id: card.id } }
  expect(await desk.read((tx) => tx.giftCardIssue.findUniqueOrThrow({ where }))).toMatchObject({
    customerShopifyId: null,
    minor: 4_000n,
  })
})
