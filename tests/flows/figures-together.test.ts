import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { reportMailSchedule } from '../../backend/features/analytics/index.ts'
import { outlinesOf } from '../../backend/features/combined-actions/index.ts'
import { enqueue, type Job } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt } from '../support/action-plans.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { pageReader } from '../support/page-reader.ts'
import { robot, robotKey } from '../support/service-account.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import { statementsOf } from '../support/statements.ts'

const REFUND = { refund: { what: 'amount', amount: { minor: 100, currency: 'GBP' } } } as const
const FILE = 'log-0123456789'
let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk()
})
afterAll(() => desk.stop())

const inDesk = <T>(work: Parameters<typeof inWorkspace<T>>[2]) => inWorkspace(desk.ctx, desk.workspaceId, work)

test('actions that ended together are told in as many questions as one, in the sheet as they are one by one', async () => {
  const shop = ordersOf(desk.fern)
  const actions = actionsAt(desk)
  const ada = pageReader(desk, 'ada')
  desk.google.sheets.create(FILE, 'RepLog', [robot().email])
  await ada.open('/settings/sheets-log')
  const spreadsheet = `https://docs.google.com/spreadsheets/d/${FILE}/edit#gid=0`
  await ada.press('Test and switch on', { spreadsheet, sheet: 'RepLog', key: robotKey() })
  const ids: string[] = []
  for (let n = 0; n < 3; n++) ids.push(await actions.begin(shop.delivered(shop.buy()), REFUND))
  const about = /combined_action|action_step|action_approval|"staff"/
  const one = await statementsOf(about, () => inDesk((tx) => outlinesOf(desk.ctx, tx, ids.slice(0, 1))))
  const all = await statementsOf(about, () => inDesk((tx) => outlinesOf(desk.ctx, tx, ids)))
  expect(one.length).toBeGreaterThan(2)
  expect(all).toHaveLength(one.length)
  await actions.leave() // all three leave, end, and are written
  const rows = desk.google.sheets.rows(FILE).slice(1)
  expect(rows.map(([key]) => key).sort()).toEqual([...ids].sort())
  expect(new Set(rows.map((row) => [row[4], row[6]].join()))).toEqual(new Set(['Refund £1.00,£1.00']))
})

test('report mails that are due together are planned in as many statements as one, and each reaches its people', async () => {
  const vera = pageReader(desk, 'vera')
  const add = async (report: string, hour: number) => {
    await vera.open('/settings/report-mails')
    const wish = { report, period: 'last-7-days', weekday: 'day', hour: String(hour), on: 'yes' }
    await vera.press('Add', { ...wish, recipient: [desk.staff.vera.id, desk.staff.ada.id] })
  }
  const plan = () =>
    statementsOf(/journal_entry|report_mail|"staff"\."email"|app\.enqueue/, async () => {
      await inDesk(async (tx) => {
        const [due] = reportMailSchedule
        if (due) await enqueue(tx, due.job as unknown as Job<object, never>, {})
      })
      await desk.settle()
    })
  const planning = (all: string[]) =>
    all.filter((text) =>
      /insert into desk\.journal_entry|update desk\.report_mail|INSERT INTO "desk"\."journal_entry"/i.test(text),
    )
  await add('volume', 15)
  await desk.travel('3 h 1 min')
  const one = planning(await plan())
  expect(one.length).toBeGreaterThan(0)
  for (const report of ['backlog', 'sla', 'agents']) await add(report, 18)
  await desk.travel('3 h')
  const three = planning(await plan())
  expect(three).toHaveLength(one.length)
  for (const name of ['vera', 'ada'] as const) {
    const subjects = noticesTo(desk, name).map(({ subject }) => subject.split(':')[0])
    for (const report of ['Volume', 'Backlog', 'SLA', 'Agents'])
      expect(subjects.filter((one) => one === report)).toHaveLength(1)
  }
})
