import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { deactivateStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { slaSchedule } from '../../backend/features/sla/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ActionInput } from '../../shared/combined-actions.ts'
import { getSlaRules, writeSlaRules } from '../../shared/sla.ts'
import { assignTicket, getTicket } from '../../shared/tickets.ts'
import { ordersOf } from '../support/action-orders.ts'
import { approvalsAt } from '../support/approvals.ts'
import type { StaffName } from '../support/desk.ts'
import { noticesOf } from '../support/notice-desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import { workAt } from '../support/work-desk.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let approvals: ReturnType<typeof approvalsAt>
let notices: ReturnType<typeof noticesOf>
let work: ReturnType<typeof workAt>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  approvals = approvalsAt(desk)
  notices = noticesOf(desk)
  work = workAt(desk)
  await approvals.strict()
})
afterAll(() => desk.stop())
beforeEach(() => work.empty())

/** They work by a plan, and not for some days. */
const offShift = (...names: StaffName[]) => Promise.all(names.map((name) => notices.plan(name, 150, 158)))

const refund = (minor: number) => ({
  refund: ActionInput.parse({ reason: { code: 'x' }, refund: { what: 'amount', amount: { minor, currency: 'GBP' } } })
    .refund,
})

const orders: string[] = []
let newest = ''
const bought = () => {
  const order = shop.delivered(shop.buy())
  orders.push(order.name)
  return order
}
const given = async () => {
  const ticket = await notices.given()
  newest = ticket.number
  return ticket
}

/** What each of these people was mailed since, but of approvals and tickets that other stories left behind. */
function since(...names: StaffName[]) {
  const before = names.map((name) => notices.mailed(name).length)
  const left = new Set(orders)
  const isNew = (subject: string) =>
    !left.has(subject.split(':')[0] ?? '') && (!/^TKT-/.test(subject) || subject.startsWith(newest))
  return () => Object.fromEntries(names.map((name, at) => [name, notices.mailed(name).slice(before[at]).filter(isNew)]))
}

/** Nora asks for approval of more than she may give. @returns the order's name */
async function asked(): Promise<string> {
  const order = bought()
  await approvals.ask(order, refund(1_200))
  return order.name
}

const quarter = async () => {
  await desk.travel('15 min')
  await desk.settle()
}

test('who is on duty is asked before who is off shift, and the next one’s shift is waited for', async () => {
  await offShift('vera')
  const told = since('vera', 'ada')
  const order = await asked()
  const words = `${order}: Nora asks for your approval`
  expect(told()).toEqual({ vera: [], ada: [words] })
  await quarter()
  expect(told()).toEqual({ vera: [], ada: [words] })
  await work.in('vera')
  await desk.settle()
  expect(told().vera).toEqual(['1 notice from while you were off shift'])
  expect(noticesTo(desk, 'vera').at(-1)?.text).toContain(words)
})

test('while nobody who may agree is on duty, it comes to the one who is asked in spite of the hour, and to the next', async () => {
  await offShift('vera', 'ada')
  const told = since('vera', 'ada')
  const words = `${await asked()}: Nora asks for your approval`
  expect(told()).toEqual({ vera: [words], ada: [] })
  await quarter()
  expect(told()).toEqual({ vera: [words], ada: [words] })
})

test('whoever is logged in is on duty, planned or not', async () => {
  await offShift('vera', 'ada')
  await work.in('ada')
  const told = since('vera', 'ada')
  const words = `${await asked()}: Nora asks for your approval`
  expect(told()).toEqual({ vera: [], ada: [words] })
})

/** A ticket, of Nora's unless nobody has it, becomes late, of which its owner alone is to be told. @returns its number */
async function late(owner: 'nora' | null = 'nora', tell: 'assignee' | 'nobody' = 'assignee'): Promise<string> {
  const rules = await desk.as('ada').call(getSlaRules)
  const onBreach = { tell, raisePriority: false, reassignTo: null } as const
  const policies = rules.policies.map((one) => ({ ...one, onBreach }))
  await desk.as('ada').call(writeSlaRules, { body: { ...rules, policies } })
  const { id, number } = await given()
  const params = { ticketId: id }
  const { version } = await desk.as('vera').call(getTicket, { params })
  if (owner) await desk.as('vera').call(assignTicket, { params, body: { assigneeId: desk.staff[owner].id, version } })
  await desk.travel('26 h')
  const [{ job } = { job: { name: '', maxAttempts: 1 } }] = slaSchedule
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, job, {}))
  await desk.settle()
  return number
}

test('a late ticket of somebody off shift is told to who leads and is on duty, and to its owner when the shift begins', async () => {
  await offShift('nora', 'ada')
  const told = since('nora', 'vera', 'ada')
  const words = `${await late()}: the first answer is late`
  expect(told()).toEqual({ nora: [], vera: [words], ada: [] })
  await work.in('nora')
  await desk.settle()
  expect(noticesTo(desk, 'nora').at(-1)?.text).toContain(words)
})

test('an admin is told where no supervisor is on duty, and the owner alone who is on duty', async () => {
  await offShift('nora', 'vera')
  const told = since('nora', 'vera', 'ada')
  const words = `${await late()}: the first answer is late`
  expect(told()).toEqual({ nora: [], vera: [], ada: [words] })
  await work.empty()
  const again = since('nora', 'vera', 'ada')
  const second = `${await late()}: the first answer is late`
  expect(again()).toEqual({ nora: [second], vera: [], ada: [] })
})

test('a late ticket comes to its owner in spite of the hour while nobody is on duty', async () => {
  await offShift('nora', 'vera', 'ada')
  const told = since('nora', 'vera', 'ada')
  const words = `${await late()}: the first answer is late`
  expect(told()).toEqual({ nora: [words], vera: [], ada: [] })
})

/** An action of Nora's stands still, because the order was changed in Shopify meanwhile. @returns the order's name */
async function parked(): Promise<string> {
  const order = bought()
  await approvals.ask(order, refund(500))
  desk.fern.refund(order.id, 100)
  await desk.travel('61 s')
  await desk.settle()
  return order.name
}

test('an action that stands still is told to who leads while its agent is off shift, in words for them', async () => {
  await offShift('nora')
  const told = since('nora', 'vera', 'ada')
  const order = await parked()
  expect(told()).toEqual({ nora: [], vera: [`${order}: an action of Nora needs somebody`], ada: [] })
  const text = noticesTo(desk, 'vera').at(-1)?.text
  expect(text).toContain('Nora is not at work. What they would be told now:')
  expect(text).toContain('changed by somebody else')
})

test('an action of somebody who has left is told to who leads at once, and not after half an hour', async () => {
  const by = systemOf(desk.workspaceId)
  const told = since('nora', 'vera')
  const order = bought()
  await approvals.ask(order, refund(500))
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.nora.email, by)
  desk.fern.refund(order.id, 100)
  await desk.travel('61 s')
  await desk.settle()
  expect(told().vera).toContain(`${order.name}: an action of Nora needs somebody`)
  expect(told().nora).toEqual([])
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.nora.email, by)
})

test('an action that stands still comes to its agent in spite of the hour while nobody else is on duty', async () => {
  await offShift('nora', 'vera', 'ada')
  const told = since('nora', 'vera', 'ada')
  const order = await parked()
  expect(told()).toEqual({ nora: [`${order}: your action stands still`], vera: [], ada: [] })
})

test('a late ticket that nobody has is told to supervisors, or to an admin on duty while they are off shift', async () => {
  const told = since('nora', 'vera', 'ada')
  const words = `${await late(null)}: the first answer is late`
  expect(told()).toEqual({ nora: [], vera: [words], ada: [] })
  await offShift('vera')
  const again = since('nora', 'vera', 'ada')
  const second = `${await late(null)}: the first answer is late`
  expect(again()).toEqual({ nora: [], vera: [], ada: [second] })
})

test('a late ticket that nobody has comes to supervisors in spite of the hour while no lead is on duty', async () => {
  await offShift('vera', 'ada')
  const told = since('nora', 'vera', 'ada')
  const words = `${await late(null)}: the first answer is late`
  expect(told()).toEqual({ nora: [], vera: [words], ada: [] })
})

test('a policy that tells nobody tells nobody, whoever has the ticket', async () => {
  const told = since('nora', 'vera', 'ada')
  await late(null, 'nobody')
  await late('nora', 'nobody')
  expect(told()).toEqual({ nora: [], vera: [], ada: [] })
})
