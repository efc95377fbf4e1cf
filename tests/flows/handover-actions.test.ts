import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ActionInput, getCombinedAction, showActionProgress } from '../../shared/combined-actions.ts'
import { handOver, listOpenWork } from '../../shared/handover.ts'
import { showQueue } from '../../shared/queues.ts'
import { ordersOf } from '../support/action-orders.ts'
import { approvalsAt } from '../support/approvals.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { textOf } from '../support/panel-hands.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import { workAt } from '../support/work-desk.ts'

let desk: ShopDesk
let approvals: ReturnType<typeof approvalsAt>
beforeAll(async () => {
  desk = await startShopDesk()
  approvals = approvalsAt(desk)
  await approvals.strict()
})
afterAll(() => desk.stop())

const homeOf = (name: 'nora' | 'sam') => desk.as(name).call(showQueue, { params: { view: 'mine' } })

test('a running action goes along: whoever has it sees it and may take it back; who confirmed it still needs somebody else’s approval', async () => {
  const shop = ordersOf(desk.fern)
  const refund = { what: 'amount', amount: { minor: 1_200, currency: 'GBP' } }
  const actionId = await approvals.ask(
    shop.delivered(shop.buy()),
    ActionInput.parse({ reason: { code: 'spilled' }, refund }),
  )
  const params = { actionId }
  const { ticketId } = await desk.as('nora').call(getCombinedAction, { params })
  await workAt(desk).in('sam')
  const { items } = await desk.as('nora').call(listOpenWork)
  expect(items).toMatchObject([{ ticketId, why: expect.arrayContaining(['action']) }])

  const body = { toId: desk.staff.sam.id, ticketIds: [ticketId], word: 'Vera was asked.' }
  await desk.as('nora').call(handOver, { body })
  expect(textOf(await homeOf('sam'))).toContain('Waits for approval')
  expect(textOf(await homeOf('nora'))).not.toContain('Waits for approval')
  expect((await desk.as('nora').call(getCombinedAction, { params })).may).not.toContain('undo')
  expect(await desk.as('sam').call(getCombinedAction, { params })).toMatchObject({
    may: expect.arrayContaining(['undo']),
    by: { name: 'Nora' },
    keeper: { name: 'Sam' },
  })
  const whose = async (name: 'nora' | 'sam' | 'vera') => (await cardOf(name, actionId)).subtitle
  expect([await whose('sam'), await whose('nora'), await whose('vera')]).toEqual([
    expect.stringContaining('yours, confirmed by Nora'),
    expect.stringContaining('Sam, confirmed by you'),
    expect.stringContaining('Sam, confirmed by Nora'),
  ])
  expect((await desk.as('vera').call(getCombinedAction, { params })).may).toContain('approve')

  const told = { nora: noticesTo(desk, 'nora').length, sam: noticesTo(desk, 'sam').length }
  await desk.travel('25 h')
  await desk.settle()
  expect(await approvals.state(actionId)).toBe('parked')
  const expired = (name: 'nora' | 'sam') =>
    noticesTo(desk, name)
      .slice(told[name])
      .filter(({ subject }) => subject.includes('nobody agreed'))
  expect([expired('sam').length, expired('nora').length]).toEqual([1, 0])
  expect(textOf(await cardOf('sam', actionId))).toContain('Stands still')
  expect(textOf(await cardOf('nora', actionId))).toContain('Sam or a supervisor can go on with it.')
})

const cardOf = (name: 'nora' | 'sam' | 'vera', actionId: string) =>
  desk.as(name).call(showActionProgress, { params: { actionId } })
