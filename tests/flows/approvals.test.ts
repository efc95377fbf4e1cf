import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { deactivateStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import {
  ActionInput,
  approveAction,
  declineAction,
  getCombinedAction,
  resumeAction,
} from '../../shared/combined-actions.ts'
import { ordersOf } from '../support/action-orders.ts'
import { approvalsAt } from '../support/approvals.ts'
import { refusalOf } from '../support/caller.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import { visitor } from '../support/visitor.ts'

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

const parts = ActionInput.parse({
  reason: { code: 'spilled' },
  refund: { what: 'amount', amount: { minor: 1_200, currency: 'GBP' } },
  giftCard: { amount: { minor: 500, currency: 'GBP' } },
})
const refundOf = (minor: number) => ({
  refund: ActionInput.parse({ reason: { code: 'x' }, refund: { what: 'amount', amount: { minor, currency: 'GBP' } } })
    .refund,
})

/** One of two teas is taken out of an order that has not left, its money is refunded, and a gift card comes with it. */
const unsent = (order: { lines: { id: string }[] }) => {
  const lines = [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }]
  const { cancel, refund } = ActionInput.parse({
    reason: { code: 'x' },
    cancel: { lines },
    refund: { what: 'lines', lines },
  })
  return { ...parts, cancel, refund }
}

/** What left for the shop since the last look. */
let seen: Record<string, number> = {}
function left(): Record<string, number> {
  const { counts } = desk.fern.shop.ledger()
  const since = Object.entries(counts).flatMap(([kind, count]) => {
    const more = count - (seen[kind] ?? 0)
    return more > 0 && kind !== 'notice' ? [[kind, more] as const] : []
  })
  seen = { ...counts }
  return Object.fromEntries(since)
}

/** The undo window of an approved action passes. */
async function leave() {
  await desk.settle()
  await desk.travel('61 s')
  await desk.settle()
}

/** Whoever was asked, newest last. */
const askedFor = async (actionId: string) => {
  const rows = await desk.read((tx) => tx.actionApproval.findMany({ where: { actionId }, orderBy: { askedAt: 'asc' } }))
  const names = Object.entries(desk.staff)
  return rows.map(({ approverId }) => names.find(([, { id }]) => id === approverId)?.[0])
}

test('above a limit an action waits: the goods are held, the supervisor gets a mail with a link, and nothing else leaves', async () => {
  const order = shop.buy()
  left()
  const actionId = await approvals.ask(order, unsent(order))
  expect(left()).toMatchObject({ 'hold.placed': 1 })
  expect(await approvals.state(actionId)).toBe('waiting_approval')
  expect(await askedFor(actionId)).toEqual(['vera'])
  const mail = noticesTo(desk, 'vera').at(-1)
  expect(mail?.subject).toContain(`${order.name}: Nora asks for your approval`)
  expect(mail?.text).toContain(`https://desk.example/actions/${actionId}`)
  expect(mail?.text).not.toContain('Moss')
  expect(noticesTo(desk, 'ada')).toHaveLength(0)

  const vera = visitor(desk, 'vera')
  const page = await vera.open(`/actions/${actionId}`)
  expect(page.status).toBe(200)
  for (const words of [order.name, '£12.00', '£5.00', 'Nora', 'Spilled or leaked', 'may give away', 'Approve as it is'])
    expect(page.text).toContain(words)
  expect(page.text).toContain('This order had nothing so far and has £17.00 with this.')
  expect((await vera.open('/approvals')).text).toContain(`href="/actions/${actionId}"`)

  const after = await vera.send(`/actions/${actionId}/approval`, {}, `/actions/${actionId}`)
  expect(after).toMatchObject({ status: 200, path: `/actions/${actionId}` })
  expect(after.text).toContain('Approved by Vera')
  expect(after.text).toContain('can still be taken back')
  await desk.settle()
  expect(left()).toEqual({})
  await leave()
  expect(left()).toMatchObject({ 'refund.made': 1, 'gift-card.made': 1 })
  expect(noticesTo(desk, 'nora').at(-1)?.subject).toContain('approved')
  expect((await vera.open(`/actions/${actionId}`)).text).toContain('This order has had £17.00. This customer has had')
})

test('an approver lowers the amounts, and the lower ones leave to the cent', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await approvals.ask(order, parts)
  const vera = visitor(desk, 'vera')
  const path = `/actions/${actionId}`
  const raised = await vera.send(`${path}/approval`, { refund: '12.01', giftCard: '5' }, path)
  expect(raised.status).toBe(400)
  expect(raised.text).toContain('can only lower')
  expect(raised.text).toContain('value="12.01"')
  expect((await vera.send(`${path}/approval`, { refund: '-1' }, path)).text).toContain('cannot be negative')
  const after = await vera.send(`${path}/approval`, { refund: '7.35', giftCard: '2.50', word: '' }, path)
  expect(after.text).toContain('Lowered and approved by Vera')
  await leave()
  const made = desk.fern.shop.ledger().effects
  expect(made.filter(({ kind }) => kind === 'money.refunded').at(-1)).toMatchObject({ amount: { minor: 735 } })
  expect(made.filter(({ kind }) => kind === 'gift-card.made').at(-1)).toMatchObject({ amount: { minor: 250 } })
  const view = await desk.as('nora').call(getCombinedAction, { params: { actionId } })
  expect(view.steps.find(({ kind }) => kind === 'refund')).toMatchObject({ state: 'done', amount: { minor: 735 } })
  const row = await desk.read((tx) => tx.combinedAction.findFirstOrThrow({ where: { id: actionId } }))
  expect(row.valueMinor).toBe(985n)
})

test('a declined action releases what it held, and its agent reads why', async () => {
  const order = shop.buy()
  left()
  const actionId = await approvals.ask(order, unsent(order))
  const vera = visitor(desk, 'vera')
  const path = `/actions/${actionId}`
  expect((await vera.send(`${path}/refusal`, { word: ' ' }, path)).text).toContain('Say why')
  const after = await vera.send(`${path}/refusal`, { word: 'The photo shows another order.' }, path)
  expect(after.text).toContain('It was declined')
  await desk.settle()
  expect(left()).toMatchObject({ 'hold.placed': 1, 'hold.released': 1 })
  await leave()
  expect(left()).toEqual({})
  const mail = noticesTo(desk, 'nora').at(-1)
  expect(mail?.subject).toContain('declined')
  expect(mail?.text).not.toContain('photo')
  expect((await visitor(desk, 'nora').open(path)).text).toContain('«The photo shows another order.»')
})

test('the next person is asked after 15 minutes, everybody once, and after a day it goes back to the agent, who asks again', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await approvals.ask(order, parts)
  expect(await askedFor(actionId)).toEqual(['vera'])
  await desk.travel('14 min')
  await desk.settle()
  expect(await askedFor(actionId)).toEqual(['vera'])
  await desk.travel('61 s')
  await desk.settle()
  expect(await askedFor(actionId)).toEqual(['vera', 'ada'])
  expect(noticesTo(desk, 'ada').at(-1)?.text).toContain(actionId)
  for (let hour = 0; hour < 8; hour++) {
    await desk.travel('3 h')
    await desk.settle()
  }
  expect(await askedFor(actionId)).toEqual(['vera', 'ada'])
  expect(await approvals.state(actionId)).toBe('parked')
  const view = await desk.as('nora').call(getCombinedAction, { params: { actionId } })
  expect(view.problem).toContain('Nobody agreed within 24 hours')
  expect(noticesTo(desk, 'nora').filter(({ subject }) => subject.includes(order.name))).toHaveLength(1)
  expect((await refusalOf(approve('vera', actionId))).code).toBe('already_done')

  await desk.as('nora').call(resumeAction, { params: { actionId }, body: {} })
  await desk.settle()
  expect(await approvals.state(actionId)).toBe('waiting_approval')
  expect(await askedFor(actionId)).toHaveLength(1)
  await approve('ada', actionId)
  expect(await approvals.state(actionId)).toBe('undoable')
})

const approve = (who: 'vera' | 'ada' | 'nora' | 'sam', actionId: string, body = {}) =>
  desk.as(who).call(approveAction, { params: { actionId }, body })
const decline = (who: 'vera' | 'ada' | 'nora', actionId: string) =>
  desk.as(who).call(declineAction, { params: { actionId }, body: { word: 'No.' } })

test('of two approvers at the same moment one decides, and the other is told', async () => {
  const actionId = await approvals.ask(shop.delivered(shop.buy()), parts)
  const ends = await Promise.allSettled([approve('vera', actionId), decline('ada', actionId)])
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const told = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
  for (const refusal of told)
    expect(refusal).toMatchObject({ code: 'already_done', message: expect.stringContaining('faster') })
})

test('whoever began an action never decides about it, and it is somebody else who is asked', async () => {
  const actionId = await approvals.ask(shop.delivered(shop.buy()), refundOf(3_500), 'vera')
  expect(await askedFor(actionId)).toEqual(['ada'])
  expect(await refusalOf(approve('vera', actionId))).toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('yourself'),
  })
  expect((await refusalOf(decline('vera', actionId))).code).toBe('forbidden')
  const page = await visitor(desk, 'vera').open(`/actions/${actionId}`)
  expect(page.text).not.toContain('Approve as it is')
  expect(page.text).toContain('Somebody else must decide')
  await approve('ada', actionId)
})

test('above a supervisor’s own limits an admin is asked; the supervisor may lower it to what they may approve', async () => {
  const actionId = await approvals.ask(shop.delivered(shop.buy()), refundOf(3_500))
  expect(await askedFor(actionId)).toEqual(['ada'])
  expect(await refusalOf(approve('vera', actionId))).toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('Lower it, or leave it to an admin'),
  })
  await approve('vera', actionId, { refund: { minor: 3_000, currency: 'GBP' } })
  expect(await approvals.state(actionId)).toBe('undoable')
})

test('an order of a staff member waits whatever it is worth, and they do not decide about it themselves', async () => {
  const vera = desk.staff.vera.email
  const customer = desk.fern.customer({ email: vera })
  const order = shop.delivered(shop.buy({ customerId: customer.id, email: vera }))
  const actionId = await approvals.ask(order, refundOf(100), 'nora', 'friend@home.example')
  expect((await desk.as('nora').call(getCombinedAction, { params: { actionId } })).causes).toEqual(['staff_address'])
  expect(await askedFor(actionId)).toEqual(['ada'])
  expect((await refusalOf(approve('vera', actionId))).message).toContain('order of your own')
})

test('who left is neither asked nor written to', async () => {
  const by = systemOf(desk.workspaceId)
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.vera.email, by)
  const before = noticesTo(desk, 'vera').length
  const actionId = await approvals.ask(shop.delivered(shop.buy()), parts)
  expect(await askedFor(actionId)).toEqual(['ada'])
  expect(noticesTo(desk, 'vera')).toHaveLength(before)
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.vera.email, by)
  await approve('ada', actionId)
})

test('agents and read-only staff may look and not decide', async () => {
  const actionId = await approvals.ask(shop.delivered(shop.buy()), parts)
  const path = `/actions/${actionId}`
  for (const name of ['sam', 'rhea'] as const) {
    const who = visitor(desk, name)
    expect((await who.open(path)).text).not.toContain('Approve as it is')
    expect((await who.open('/approvals')).status).toBe(403)
    expect((await who.send(`${path}/approval`, {}, path)).status).toBe(403)
  }
  expect((await refusalOf(approve('sam', actionId))).code).toBe('forbidden')
  expect(await approvals.state(actionId)).toBe('waiting_approval')
})
