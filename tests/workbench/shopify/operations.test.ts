import { readdirSync } from 'node:fs'
import { afterEach, expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { ship } from '../../../workbench/emulators/shopify/world/warehouse.ts'
import { ADA, type OpenShop, openShop, TEA, usual } from './shop-with-goods.ts'

let open: OpenShop
afterEach(() => open.shopify.close())

const asked = new Set<string>()

/** The one field that an operation answers, which must be whole: no error at the top and none inside. */
async function ask<T = { id: string }>(operation: string, variables: Record<string, unknown> = {}): Promise<T> {
  asked.add(operation)
  const { data, errors } = await open.run(operation, variables)
  const complaints = Object.values(data ?? {}).flatMap((answer) => complaintsIn(answer))
  expect([operation, errors ?? [], complaints]).toEqual([operation, [], []])
  return Object.values(data ?? {})[0] as T
}

const complaintsIn = (answer: unknown): unknown[] =>
  Object.entries((answer ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    name.endsWith('rrors') ? (value as unknown[]) : [],
  )

test('an app that asks for everything real apps ask for is answered whole, all 42 times', async () => {
  open = await openShop()
  await lookingUp()
  await givingBack()
  await sendingAgain()
  await editing()
  await returning()
  await givingCards()
  await listening()
  const all = readdirSync(new URL('operations/', import.meta.url)).map((name) => name.replace('.graphql', ''))
  expect([...asked].sort()).toEqual(all.sort())
})

async function lookingUp() {
  const { id } = buy(open.shop, usual)
  await ask('order-snapshot', { id, ns: 'desk', claimKey: 'claim' })
  await ask('payment-mode', { id })
  await ask('order-events', { id })
  await ask('orders-by-email', { q: 'email:"ada@home.example"', first: 10 })
  await ask('orders-changed-since', { q: "updated_at:>='2026-01-01T00:00:00Z'" })
  await ask('customer-card', { identifier: { emailAddress: 'ada@home.example' } })
  await ask('versions-and-scopes')
  const claim = { ownerId: id, namespace: 'desk', key: 'claim', type: 'single_line_text_field', value: 'ca:1' }
  await ask('claim-metafield', { metafields: [{ ...claim, compareDigest: null }] })
  await ask('tags-add', { id, tags: ['ca-1'] })
  await ask('order-update-note', { input: { id, note: 'Looked at' } })
}

async function givingBack() {
  const order = buy(open.shop, usual)
  const [list] = open.shop.tables.fulfillmentOrders.by('orderId', order.id)
  const hold = { reason: 'OTHER', reasonNotes: 'Wait', handle: 'ca-1' }
  const held = await ask<{ fulfillmentHold: { id: string } }>('fulfillment-hold', { id: list?.id, hold })
  await ask('fulfillment-release-hold', { id: list?.id, holdIds: [held.fulfillmentHold.id] })
  const lines = [{ lineItemId: order.lines[0]?.id, quantity: 1, restockType: 'CANCEL' }]
  await ask('suggested-refund', { id: order.id, lines })
  const [payment] = open.shop.tables.transactions.by('orderId', order.id)
  const back = { orderId: order.id, parentId: payment?.id, kind: 'REFUND', gateway: 'any', amount: '12.50' }
  await ask('refund-create', { input: { orderId: order.id, refundLineItems: lines, transactions: [back] }, key: 'k-1' })
  const cancel = { orderId: order.id, reason: 'CUSTOMER', restock: true, staffNote: 'ca:1' }
  const { job } = await ask<{ job: { id: string } }>('order-cancel', cancel)
  open.clock.travel(2000)
  await ask('cancel-poll', { jobId: job.id, orderId: order.id })
  await ask('store-credit-credit', { id: ADA, creditInput: { creditAmount: { amount: '5.00', currencyCode: 'EUR' } } })
}

async function sendingAgain() {
  const key = { namespace: 'desk', key: 'reship' }
  await ask('metafield-definition-id', { definition: { ...key, name: 'Reship', ownerType: 'ORDER', type: 'id' } })
  const free = { shopMoney: { amount: '0', currencyCode: 'EUR' } }
  const lineItems = [{ variantId: TEA, quantity: 1, requiresShipping: true, priceSet: free }]
  const metafields = [{ ...key, type: 'id', value: 'ca:1' }]
  const customer = { toAssociate: { id: ADA } }
  const options = { inventoryBehaviour: 'DECREMENT_OBEYING_POLICY' }
  const made = await ask<{ order: { id: string } }>('reship-order-create', {
    order: { lineItems, metafields, customer, sourceIdentifier: 'ca:1' },
    options,
  })
  expect(await ask('reship-find-by-custom-id', { identifier: { customId: { ...key, value: 'ca:1' } } })).toMatchObject({
    id: made.order.id,
  })
  await ask('reship-find-by-search', { q: 'source_identifier:"ca:1"' })
  const input = { lineItems: [{ variantId: TEA, quantity: 1 }], tags: ['ca-2'] }
  const first = await ask<{ draftOrder: { id: string } }>('reship-draft-create', { input })
  await ask('draft-find', { q: 'tag:ca-2' })
  await ask('reship-draft-complete', { id: first.draftOrder.id })
  const copy = await ask<{ draftOrder: { id: string } }>('reship-draft-from-order', { orderId: made.order.id })
  await ask('draft-delete', { input: { id: copy.draftOrder.id } })
}

async function editing() {
  const { id } = buy(open.shop, usual)
  const begun = await ask<{ calculatedOrder: { id: string; lineItems: { nodes: { id: string }[] } } }>(
    'order-edit-begin',
    { id },
  )
  const { id: editId, lineItems } = begun.calculatedOrder
  await ask('order-edit-set-quantity', { id: editId, lineItemId: lineItems.nodes[0]?.id, quantity: 1, restock: true })
  await ask('order-edit-commit', { id: editId, notifyCustomer: false, staffNote: 'ca:1' })
}

async function returning() {
  const order = buy(open.shop, usual)
  ship(open.shop, order.id)
  await ask('returnable', { orderId: order.id })
  const fulfillmentLineItemId = open.shop.tables.fulfillments.by('orderId', order.id)[0]?.lines[0]?.id
  const returnReasonDefinitionId = 'gid://shopify/ReturnReasonDefinition/2'
  const returnLineItems = [{ fulfillmentLineItemId, quantity: 1, returnReasonDefinitionId }]
  const input = { orderId: order.id, returnLineItems }
  const made = await ask<{ return: { id: string; returnLineItems: { nodes: { id: string }[] } } }>(
    'return-create-exchange',
    { input },
  )
  const [line] = made.return.returnLineItems.nodes
  await ask('return-process', { input: { returnId: made.return.id, returnLineItems: [{ id: line?.id, quantity: 1 }] } })
}

async function givingCards() {
  const amount = { amount: '10.00', currencyCode: 'EUR' }
  const { giftCard } = await ask<{ giftCard: { id: string } }>('gift-card-create', {
    input: { initialAmount: amount, customerId: ADA, code: 'ccgc23456789abcd', note: 'ca:1' },
  })
  const { id } = giftCard
  await ask('gift-card-find', { q: 'customer_id:51 AND source:api_client' })
  await ask('gift-card-credit', { id, creditInput: { creditAmount: amount, note: 'ca:2' } })
  await ask('gift-card-debit', { id, debitInput: { debitAmount: amount, note: 'ca:3' } })
  await ask('gift-card-get', { id })
  await ask('gift-card-notify', { id })
  await ask('gift-card-deactivate', { id })
}

async function listening() {
  await ask('webhook-subscribe', { topic: 'ORDERS_UPDATED', sub: { uri: 'https://desk.example/hooks' } })
  await ask('webhook-list', { first: 10 })
  await ask('bulk-export', { query: '{ orders { edges { node { id } } } }' })
}
