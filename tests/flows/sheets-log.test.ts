import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { sheetsLogSchedule } from '../../backend/features/analytics/index.ts'
import { pauseEffects, switchShadow } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue, type Job } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { createTicket } from '../../shared/tickets.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt } from '../support/action-plans.ts'
import { pageReader } from '../support/page-reader.ts'
import { robot, robotKey } from '../support/service-account.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

const REFUND = { refund: { what: 'amount', amount: { minor: 100, currency: 'GBP' } } } as const
const PATH = '/settings/sheets-log'
const FILE = 'log-0123456789'
let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let actions: ReturnType<typeof actionsAt>
let ada: ReturnType<typeof pageReader>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  actions = actionsAt(desk)
  ada = pageReader(desk, 'ada')
  desk.google.sheets.create(FILE, 'RepLog', [robot().email])
})
afterAll(() => desk.stop())
beforeEach(() => desk.google.faults.clear())

async function switchOn(key = robotKey()) {
  await ada.open(PATH)
  const spreadsheet = `https://docs.google.com/spreadsheets/d/${FILE}/edit#gid=0`
  return ada.press('Test and switch on', { spreadsheet, sheet: 'RepLog', key })
}
const rows = () => desk.google.sheets.rows(FILE)
const keys = () => rows().flatMap(([key]) => (key && key !== 'Action' ? [key] : []))

/** An action that ended. @returns its id */
async function ended(): Promise<string> {
  const order = shop.delivered(shop.buy())
  const id = await actions.begin(order, REFUND)
  await actions.leave()
  return id
}
/** The minute's tick, some minutes later. */
async function later() {
  await desk.travel('15 min')
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    for (const { job } of sheetsLogSchedule) await enqueue(tx, job as unknown as Job<object, never>, {})
  })
  await desk.settle()
}

test('the log is tried before it is switched on, and says in words what is missing', async () => {
  expect((await switchOn('{}')).status).toBe(400)
  desk.google.sheets.share(FILE, robot().email, 'reader')
  expect((await switchOn()).status).toBe(400)
  expect(ada.words()).toContain('share the spreadsheet with it as an editor')
  desk.google.sheets.share(FILE, robot().email, 'editor')
  expect((await switchOn()).status).toBe(200)
  expect(ada.words()).toContain('The log is on')
  expect(rows()).toEqual([['Action', 'When (UTC)', 'Who', 'Order', 'What', 'Reason', 'Worth', 'Ticket']])
  expect(ada.page().text).not.toContain('PRIVATE KEY')
})

test('an action that ended is one row: when, who, order, what, reason, worth and ticket', async () => {
  const mail = { messageId: '<jar@home.example>', subject: 'Jar', from: 'ada@home.example', text: 'Broken.' }
  const body = { ...mail, sentAt: desk.clock.now().toISOString() }
  const made = await desk.as('nora').call(createTicket, { body })
  const order = shop.delivered(shop.buy())
  const id = await actions.begin(order, REFUND)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.combinedAction.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: { ticketId: made.id } }),
  )
  await actions.leave()
  expect(keys()).toEqual([id])
  const [, when, who, name, what, reason, worth, ticket] = rows()[1] ?? []
  expect(when).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  expect(who).not.toBe('')
  expect(name).toBe(order.name)
  expect([what, worth]).toEqual(['Refund £1.00', '£1.00'])
  expect(reason).not.toBe('')
  expect(ticket).toBe('TKT-000001')
})

test.each(['lost-reply', 'closed', '429', '503'] as const)(
  'a writing that meets %s leaves each action exactly once',
  async (kind) => {
    desk.google.faults.add({ method: 'sheets.spreadsheets.values.update', kind })
    const id = await ended()
    await later()
    expect(keys().filter((key) => key === id)).toHaveLength(1)
    expect(new Set(keys()).size).toBe(keys().length)
  },
)

test('a process that was killed after writing, before it noted it, does not write again', async () => {
  const id = await ended()
  const before = rows().length
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.journalEntry.updateMany({
      where: { workspaceId: tx.workspaceId, kind: 'sheets.rows', state: 'done' },
      data: { state: 'running', leaseUntil: new Date(0) },
    }),
  )
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.sheetsLogRow.updateMany({ where: { workspaceId: tx.workspaceId, actionId: id }, data: { writtenAt: null } }),
  )
  await later()
  expect(rows()).toHaveLength(before)
  expect(await desk.read((tx) => tx.sheetsLogRow.count({ where: { writtenAt: null } }))).toBe(0)
})

test('what somebody typed below is not written over, and a full sheet grows', async () => {
  const at = rows().length + 1
  desk.google.sheets.type(FILE, at, ['', '', '', '', 'a note of ours'])
  const id = await ended()
  expect(rows()[at - 1]?.[4]).toBe('a note of ours')
  expect(keys().at(-1)).toBe(id)
  desk.google.sheets.resize(FILE, rows().length, 26)
  const next = await ended()
  expect(keys().at(-1)).toBe(next)
})

test.each([
  [
    'that is not shared any more',
    'may not write there',
    () => desk.google.sheets.share(FILE, robot().email, 'nobody'),
    () => desk.google.sheets.share(FILE, robot().email, 'editor'),
  ],
  [
    'that is protected',
    'protected cell',
    () => desk.google.sheets.protect(FILE),
    () => desk.google.sheets.protect(FILE, false),
  ],
  [
    'that was deleted',
    'There is no spreadsheet',
    () => desk.google.sheets.remove(FILE),
    () => desk.google.sheets.create(FILE, 'RepLog', [robot().email]),
  ],
])(
  'a sheet %s switches the log off with Google’s words; nothing is lost when it is put right',
  async (_, words, spoil, mend) => {
    spoil()
    const id = await ended()
    await ada.open(PATH)
    expect(ada.words()).toContain('The log is off')
    expect(ada.words()).toContain(words)
    expect(ada.words()).toContain('1 waiting')
    mend()
    await switchOn('')
    await later()
    expect(keys().filter((key) => key === id)).toHaveLength(1)
  },
)

test('while effects are paused rows wait, and come once they are not', async () => {
  const before = keys().length
  const order = shop.delivered(shop.buy())
  const id = await actions.begin(order, REFUND)
  desk.google.faults.add({ method: 'sheets.spreadsheets.values.update', kind: '503' })
  await actions.leave()
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await later()
  expect(keys()).toHaveLength(before)
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await later()
  expect(keys().at(-1)).toBe(id)
})

test('in shadow mode nothing is written, and the log cannot be switched on', async () => {
  desk.google.faults.add({ method: 'sheets.spreadsheets.values.update', kind: '503' })
  const id = await ended()
  desk.google.faults.clear()
  const before = rows().length
  const shadow = (on: boolean) =>
    switchShadow(desk.ctx, desk.workspaceId, { mailboxId: null, on }, systemOf(desk.workspaceId))
  await shadow(true)
  await later()
  expect((await switchOn('')).status).not.toBe(200)
  expect(rows()).toHaveLength(before)
  await shadow(false)
  await later()
  expect(keys().filter((key) => key === id)).toHaveLength(1)
})

test('a log that is taken up twice at the same time has each action once', async () => {
  desk.google.faults.add({ method: 'sheets.spreadsheets.values.update', kind: '503' })
  const id = await ended()
  desk.google.faults.clear()
  await desk.travel('15 min')
  const [logJob] = sheetsLogSchedule
  for (let twice = 0; twice < 2; twice++)
    await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, logJob?.job as unknown as Job<object, never>, {}))
  await desk.settle()
  expect(keys().filter((key) => key === id)).toHaveLength(1)
  expect(new Set(keys()).size).toBe(keys().length)
})
