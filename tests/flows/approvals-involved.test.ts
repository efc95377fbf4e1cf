import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { changeRole } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import {
  ActionInput,
  approveAction,
  getCombinedAction,
  resumeAction,
  showActionProgress,
} from '../../shared/combined-actions.ts'
import { listTickets } from '../../shared/tickets.ts'
import { ordersOf } from '../support/action-orders.ts'
import { approvalsAt } from '../support/approvals.ts'
import { refusalOf } from '../support/caller.ts'
import { type StaffName, SUPPORT } from '../support/desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import { tokenIn, visitor } from '../support/visitor.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let approvals: ReturnType<typeof approvalsAt>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  approvals = approvalsAt(desk)
  await approvals.strict()
})
afterAll(() => desk.stop())

const { refund } = ActionInput.parse({
  reason: { code: 'x' },
  refund: { what: 'amount', amount: { minor: 100, currency: 'GBP' } },
})
const approve = (who: StaffName, actionId: string) =>
  desk.as(who).call(approveAction, { params: { actionId }, body: {} })
const asked = (actionId: string) => desk.read((tx) => tx.actionApproval.findMany({ where: { actionId } }))

test('an order that names two of the staff is decided by neither, also when one of them hides behind a tag', async () => {
  const customer = desk.fern.customer({ email: desk.staff.ada.email })
  const order = shop.delivered(shop.buy({ customerId: customer.id, email: 'vera+parcels@fern.example' }))
  const actionId = await approvals.ask(order, { refund }, 'nora', 'friend@home.example')
  expect((await desk.as('nora').call(getCombinedAction, { params: { actionId } })).causes).toEqual(['staff_address'])
  expect(await asked(actionId)).toEqual([])
  const card = await desk.as('nora').call(showActionProgress, { params: { actionId } })
  expect(JSON.stringify(card)).toContain('Nobody else of the desk may agree to it')
  for (const who of ['vera', 'ada'] as const)
    expect((await refusalOf(approve(who, actionId))).message).toContain('order of your own')
})

test('a tag behind somebody’s own address does not hide whose order it is', async () => {
  const order = shop.delivered(shop.buy({ email: 'nora+tea@fern.example' }))
  const actionId = await approvals.ask(order, { refund }, 'nora', 'friend@home.example')
  expect((await desk.as('nora').call(getCombinedAction, { params: { actionId } })).causes).toEqual(['staff_address'])
})

test('a role that changes meanwhile counts at once: lost it decides nothing, won it does not decide about one’s own', async () => {
  const by = systemOf(desk.workspaceId)
  const role = (name: StaffName, to: 'agent' | 'supervisor') =>
    changeRole(desk.ctx, desk.workspaceId, desk.staff[name].email, to, by)
  const amount = { minor: 1_200, currency: 'GBP' }
  const actionId = await approvals.ask(shop.delivered(shop.buy()), { refund: refund && { ...refund, amount } })
  const path = `/actions/${actionId}`
  const vera = visitor(desk, 'vera')
  const form = tokenIn((await vera.open(path)).text)
  await role('vera', 'agent')
  await role('nora', 'supervisor')
  const sent = await vera.ask(`${path}/approval`, {
    method: 'POST',
    headers: { origin: 'https://desk.example', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ form }).toString(),
  })
  const own = await visitor(desk, 'nora').send(`${path}/approval`, {}, '/')
  await role('vera', 'supervisor')
  await role('nora', 'agent')
  expect(sent.status).toBe(403)
  expect(own).toMatchObject({ status: 403, text: expect.stringContaining('You began this action yourself') })
  expect(await approvals.state(actionId)).toBe('waiting_approval')
})

test('after 24 hours nobody agrees any more, also while no worker has noticed; asked again it can be agreed to at once', async () => {
  const amount = { minor: 1_200, currency: 'GBP' }
  const actionId = await approvals.ask(shop.delivered(shop.buy()), { refund: refund && { ...refund, amount } })
  await desk.travel('25 h')
  expect(await refusalOf(approve('vera', actionId))).toMatchObject({
    code: 'already_done',
    message: expect.stringContaining('Nobody agreed within 24 hours'),
  })
  await desk.settle()
  expect(await approvals.state(actionId)).toBe('parked')
  await desk.as('nora').call(resumeAction, { params: { actionId }, body: {} })
  await approve('vera', actionId)
  expect(await approvals.state(actionId)).toBe('undoable')
})

const openSubjects = async () =>
  (await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })).items.map(({ subject }) => subject)

const ignored = () => desk.read((tx) => tx.mailboxMail.count({ where: { reason: 'own_automatic_mail' } }))

test('the vacation answer of an approver to a notice opens no ticket, and gets no answer', async () => {
  const order = shop.delivered(shop.buy())
  await approvals.ask(order, {
    refund: refund && { ...refund, amount: { minor: 1_200, currency: 'GBP' } },
  })
  const [notice] = noticesTo(desk, 'vera').slice(-1)
  const id = /^Message-ID: (<.+>)\r?$/im.exec(notice?.raw ?? '')?.[1] ?? ''
  const before = await openSubjects()
  const head = { To: SUPPORT, Subject: `Re: ${notice?.subject}`, 'In-Reply-To': id, 'Auto-Submitted': 'auto-replied' }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
  const count = noticesTo(desk, 'vera').length
  const ignoredBefore = await ignored()
  const bytes = Buffer.from(`${lines.join('')}\r\nI am on holiday.`)
  desk.google.users.send(desk.staff.vera.email, { bytes, at: desk.clock.now() })
  await desk.settle()
  expect(await ignored()).toBe(ignoredBefore + 1)
  expect(await openSubjects()).toEqual(before)
  expect(noticesTo(desk, 'vera')).toHaveLength(count)
})
