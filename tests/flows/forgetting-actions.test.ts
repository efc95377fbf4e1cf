import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { retentionJobs } from '../../backend/features/retention/index.ts'
import { enqueue, type Job } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ActionInput, createCombinedAction, declineAction } from '../../shared/combined-actions.ts'
import { listPayouts, markPayoutPaid } from '../../shared/finance.ts'
import { eraseCustomer, getForgettingRun, putRetentionSettings } from '../../shared/retention.ts'
import { getTicket, moveTicket } from '../../shared/tickets.ts'
import { ON_DELIVERY } from '../../workbench/emulators/shopify/world/paying.ts'
import { formsAt } from '../support/action-forms.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt } from '../support/action-plans.ts'
import { approvalsAt } from '../support/approvals.ts'
import { refusalOf } from '../support/caller.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let actions: ReturnType<typeof actionsAt>
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  shop = ordersOf(desk.fern)
  actions = actionsAt(desk)
  await approvalsAt(desk).strict()
})
afterAll(() => desk.stop())

/** An order of somebody, delivered and paid in cash, and money that goes back for it. */
async function given(email: string, minor: number) {
  const buyer = desk.fern.customer({ email })
  const order = shop.delivered(shop.collected(shop.buy({ customerId: buyer.id, email, paid: [ON_DELIVERY] })))
  const { ticketId, orderId, ticket } = await formsAt(desk).about(order, email)
  const payee = { name: 'Ilse Wunderlich', account: 'GB33BUKB20201555555555' }
  const refund = { what: 'amount', amount: { minor, currency: 'GBP' }, to: 'payout', payee }
  const body = ActionInput.parse({ reason: { code: 'spilled' }, refund })
  const action = await desk.as('nora').call(createCombinedAction, { params: { ticketId, orderId }, body })
  return { ticketId, number: ticket.number, customerId: ticket.customer.id, actionId: action.id }
}

const erase = (customerId: string, confirmation: string) =>
  desk.as('ada').call(eraseCustomer, { params: { customerId }, body: { reason: 'customer_asked', confirmation } })

test('while an action waits for approval its customer is not erased; declined, they are', async () => {
  const { customerId, number, actionId } = await given('ilse@home.example', 1_500)
  expect(await approvalsAt(desk).state(actionId)).toBe('waiting_approval')
  expect(await refusalOf(erase(customerId, 'ilse@home.example'))).toMatchObject({
    code: 'in_progress',
    message: `An action on ${number} waits for approval. Have it approved or declined; then erase.`,
  })
  await desk.as('vera').call(declineAction, { params: { actionId }, body: { word: 'No.' } })
  await desk.settle()
  const { id: runId } = await erase(customerId, 'ilse@home.example')
  await desk.settle()
  expect(await desk.as('ada').call(getForgettingRun, { params: { runId } })).toMatchObject({ state: 'done', failed: 0 })
})

test('while an action is under way its customer is not erased; once it is done, they are', async () => {
  const { customerId, number, actionId } = await given('iris@home.example', 500)
  const said = async () => (await refusalOf(erase(customerId, 'iris@home.example'))).message
  expect(await said()).toBe(`An action on ${number} is under way. Let it end, or take it back; then erase.`)
  await actions.leave()
  expect((await actions.row(actionId)).state).toBe('done')
  const { id: runId } = await erase(customerId, 'iris@home.example')
  await desk.settle()
  expect(await desk.as('ada').call(getForgettingRun, { params: { runId } })).toMatchObject({ state: 'done', failed: 0 })
})

test('whom finance pays after a rule forgot the ticket is forgotten with the payment, though the order is kept', async () => {
  const { ticketId, actionId } = await given('ida@home.example', 600)
  await actions.leave()
  const { version } = await desk.as('nora').call(getTicket, { params: { ticketId } })
  await desk.as('nora').call(moveTicket, { params: { ticketId }, body: { status: 'closed', version } })
  await desk.travel('400 days')
  await desk.as('ada').call(putRetentionSettings, { body: { months: 12, mode: 'anonymise' } })
  const sweep = retentionJobs.find(({ name }) => name === 'retention:sweep') as Job<object, never>
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, sweep, {}))
  await desk.settle()
  expect((await desk.as('nora').call(getTicket, { params: { ticketId } })).subject).toBe('(forgotten)')
  const payout = async (state: 'to_pay' | 'paid') =>
    (await desk.as('frank').call(listPayouts, { query: { state } })).items.find((one) => one.actionId === actionId)
  const open = await payout('to_pay')
  expect(open).toMatchObject({ orderNumber: expect.stringMatching(/^FF-/), payee: { name: 'Ilse Wunderlich' } })
  await desk.as('frank').call(markPayoutPaid, { params: { payoutId: open?.id ?? '' }, body: { reference: 'TX 1' } })
  expect(await payout('paid')).toMatchObject({ payee: { name: '(forgotten)', account: '(forgotten)' } })
})
