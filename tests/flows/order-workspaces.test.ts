import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { shopifyIdOf } from '../../backend/features/orders/index.ts'
import { addDomain, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let order: OrderRecord
let orderId: string
let rivalsTicket: string

beforeAll(async () => {
  desk = await startShopDesk()
  order = desk.fern.buy({ customerId: desk.fern.customer({ email: 'ada@home.example' }).id })
  await desk.settle()
  const where = { workspaceId: desk.workspaceId, shopifyId: shopifyIdOf(order.id) }
  orderId = (await desk.read((tx) => tx.shopOrder.findFirstOrThrow({ where }))).id

  const { workspaceId } = await createWorkspace(desk.ctx, 'Rival')
  await addDomain(desk.ctx, workspaceId, 'rival.example')
  const eve = { email: 'eve@rival.example', name: 'Eve', role: 'admin' } as const
  await inviteStaff(desk.ctx, workspaceId, eve, systemOf(workspaceId))
  const mail = { messageId: '<t@ada.example>', subject: `About ${order.name}`, from: 'ada@home.example', text: 'Hello' }
  const { body } = await asEve('POST', '/v1/tickets', { ...mail, sentAt: desk.clock.now().toISOString() })
  rivalsTicket = body.id
})
afterAll(() => desk.stop())

/** The admin of another workspace of the same desk asks. */
async function asEve(method: string, path: string, body?: unknown) {
  const response = await fetch(desk.url + path, {
    method,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      authorization: `Bearer ${desk.tokenOf('eve@rival.example', '999', 'rival.example')}`,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

test('an order of another workspace is neither seen nor linked, whatever is known of it', async () => {
  const proof = { number: order.name, postcode: 'SE1 7PB' }
  const link = `/v1/tickets/${rivalsTicket}/order-links/${orderId}`
  expect(await asEve('GET', `/v1/tickets/${rivalsTicket}/orders/${orderId}`)).toMatchObject({ status: 404 })
  expect(await asEve('PUT', link, { proof: null })).toMatchObject({ status: 404 })
  expect(await asEve('PUT', link, { proof })).toMatchObject({ status: 404 })
})

test.each([
  ['number', 'FF-1001'],
  ['email', 'ada@home.example'],
  ['name', 'Ada Moss'],
])('a search by %s finds no order of another workspace', async (by, text) => {
  const found = await asEve('POST', `/v1/tickets/${rivalsTicket}/order-searches`, { by, text })
  expect(found.body).toEqual({ orders: [], remark: 'No shop is connected to this desk.' })
})

test('a ticket of another workspace shows nothing of our orders, though its mail names one and comes from its buyer', async () => {
  await desk.settle()
  const { body } = await asEve('GET', `/v1/tickets/${rivalsTicket}`)
  expect(body.shop).toEqual({ orders: [], more: false, compensation: null, problems: [], connected: false })
})
