import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { financeSchedule } from '../../backend/features/finance/index.ts'
import { resumeNotices } from '../../backend/features/notices/index.ts'
import { deactivateStaff, pauseEffects, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ActionInput } from '../../shared/combined-actions.ts'
import { listTickets } from '../../shared/tickets.ts'
import { failRefund, letBank } from '../../workbench/emulators/shopify/world/bank.ts'
import { ordersOf } from '../support/action-orders.ts'
import { approvalsAt } from '../support/approvals.ts'
import type { StaffName } from '../support/desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let approvals: ReturnType<typeof approvalsAt>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  approvals = approvalsAt(desk)
})
afterAll(() => desk.stop())
beforeEach(() => desk.google.faults.clear())

const refund = ActionInput.parse({
  reason: { code: 'spilled' },
  refund: { what: 'amount', amount: { minor: 500, currency: 'GBP' } },
})

/** An action of Nora's that stands still, because somebody changed the order in Shopify meanwhile. */
async function parked() {
  const order = shop.delivered(shop.buy())
  const actionId = await approvals.ask(order, refund)
  desk.fern.refund(order.id, 100)
  await desk.travel('61 s')
  await desk.settle()
  expect(await approvals.state(actionId)).toBe('parked')
  return { actionId, order }
}

const of = (name: StaffName, order: { name: string }) =>
  noticesTo(desk, name).filter(({ subject }) => subject.startsWith(`${order.name}:`))

test('an action that stands still mails its agent at once, and supervisors after half an hour', async () => {
  const { actionId, order } = await parked()
  expect(of('nora', order)).toHaveLength(1)
  const [mail] = of('nora', order)
  expect(mail?.subject).toContain('your action stands still')
  expect(mail?.text).toContain('Refund £5.00')
  expect(mail?.text).toContain('changed by somebody else')
  expect(mail?.text).toContain(`https://desk.example/actions/${actionId}`)
  expect(mail?.raw).toMatch(/^From: Sidedesk <support@fern\.example>/m)
  expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated/m)
  await desk.travel('29 min')
  await desk.settle()
  expect(of('vera', order)).toHaveLength(0)
  await desk.travel('2 min')
  await desk.settle()
  expect(of('vera', order)).toHaveLength(1)
  expect(of('vera', order)[0]?.subject).toContain('for half an hour')
  expect(of('ada', order)).toHaveLength(0)
  expect(of('nora', order)).toHaveLength(1)
})

test('where there is no supervisor the admins are told', async () => {
  const by = systemOf(desk.workspaceId)
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.vera.email, by)
  const { order } = await parked()
  await desk.travel('31 min')
  await desk.settle()
  expect(of('vera', order)).toHaveLength(0)
  expect(of('ada', order)).toHaveLength(1)
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.vera.email, by)
})

test('nobody is told of an action that somebody looked after in time', async () => {
  const { actionId, order } = await parked()
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.combinedAction.update({
      where: { workspaceId_id: { workspaceId: desk.workspaceId, id: actionId } },
      data: { state: 'stopped' },
    }),
  )
  await desk.travel('31 min')
  await desk.settle()
  expect(of('vera', order)).toHaveLength(0)
})

test('the desk reads its own notices in the archive, and makes no ticket of them', async () => {
  const tickets = async () =>
    (await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })).items.map(
      ({ subject }) => subject,
    )
  const { order } = await parked()
  await desk.settle()
  const subjects = await tickets()
  expect(subjects).toContain(`About ${order.name}`)
  expect(subjects.filter((subject) => subject.includes('stands still'))).toEqual([])
  const sent = desk.google.users.mails('archive@fern.example').filter(({ labels }) => labels.includes('SENT'))
  const ours = sent.filter(({ head }) => head.subject.startsWith(`${order.name}:`))
  expect(ours).toHaveLength(1)
  const row = await desk.read((tx) => tx.mailboxMail.findFirst({ where: { gmailId: ours[0]?.id ?? '' } }))
  expect(row).toMatchObject({ state: 'ended', outcome: 'ignored', reason: 'own_automatic_mail' })
})

test('a notice whose sending was not answered is found again and not sent twice', async () => {
  desk.google.faults.add({ method: 'gmail.users.messages.send', kind: 'lost-reply' })
  const { order } = await parked()
  expect(of('nora', order)).toHaveLength(1)
  await desk.travel('5 min')
  await desk.settle()
  expect(of('nora', order)).toHaveLength(1)
  const open = await desk.read((tx) =>
    tx.journalEntry.count({ where: { kind: 'gmail.notice', state: { not: 'done' } } }),
  )
  expect(open).toBe(0)
})

test('while writing outside is paused notices wait, and go out once when it goes on', async () => {
  const order = shop.delivered(shop.buy())
  await approvals.strict()
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await approvals.ask(order, {
    ...refund,
    refund: refund.refund && { ...refund.refund, amount: { minor: 1_200, currency: 'GBP' } },
  })
  await desk.travel('3 min')
  await desk.settle()
  expect(of('vera', order)).toHaveLength(0)
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, resumeNotices, {}))
  await desk.settle()
  expect(of('vera', order)).toHaveLength(1)
})

test('somebody who leaves between the writing and the sending gets nothing', async () => {
  const by = systemOf(desk.workspaceId)
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  const order = shop.delivered(shop.buy())
  await approvals.ask(order, {
    ...refund,
    refund: refund.refund && { ...refund.refund, amount: { minor: 1_200, currency: 'GBP' } },
  })
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.vera.email, by)
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, resumeNotices, {}))
  await desk.settle()
  expect(of('vera', order)).toHaveLength(0)
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.vera.email, by)
})

test('a bank that turns a refund down later is told to the agent and to finance', async () => {
  letBank(desk.fern.shop, 'when-told')
  const order = shop.delivered(shop.buy())
  await approvals.ask(order, refund)
  await desk.travel('61 s')
  await desk.settle()
  for (const { id, orderId, status } of desk.fern.shop.tables.transactions.all())
    if (orderId === order.id && status === 'PENDING') failRefund(desk.fern.shop, id)
  letBank(desk.fern.shop, 'at-once')
  await desk.travel('11 min')
  for (const { job } of financeSchedule) await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, job, {}))
  await desk.settle()
  for (const name of ['nora', 'frank'] as const)
    expect(of(name, order).map(({ subject }) => subject)).toEqual([`${order.name}: the bank turned down a refund`])
  expect(of('vera', order)).toEqual([])
})
