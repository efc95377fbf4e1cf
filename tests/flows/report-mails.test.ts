import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { reportMailSchedule } from '../../backend/features/analytics/index.ts'
import { deactivateStaff, pauseEffects, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue, type Job } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import type { StaffName } from '../support/desk.ts'
import { startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { pageReader } from '../support/page-reader.ts'

const PATH = '/settings/report-mails'
let desk: Awaited<ReturnType<typeof startFigureDesk>>
let vera: ReturnType<typeof pageReader>
beforeAll(async () => {
  desk = await startFigureDesk()
  vera = pageReader(desk, 'vera')
  await desk.write({
    ticket: [1, 2, 3].map((n) => ticketRow(n, `${daysAgo(n)} 09:00`, { category: 'order', tags: ['=1+1'] })),
  })
})
afterAll(() => desk.stop())
beforeEach(() => desk.google.faults.clear())

const daysAgo = (days: number) => new Date(desk.clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 10)
const mailsTo = (name: StaffName) => noticesTo(desk, name).filter(({ subject }) => subject.startsWith('Volume:'))

/** What recurs, once. */
async function tick() {
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    for (const { job } of reportMailSchedule) await enqueue(tx, job as unknown as Job<object, never>, {})
  })
  await desk.settle()
}

/** Writes one that is due every day at three in the afternoon; the desk begins at noon. */
async function add(recipients: StaffName[], more: Record<string, string> = {}) {
  await vera.open(PATH)
  const wish = { report: 'volume', period: 'last-7-days', weekday: 'day', hour: '15', on: 'yes', ...more }
  const shown = await vera.press('Add', { ...wish, recipient: recipients.map((name) => desk.staff[name].id) })
  expect(shown.status).toBe(200)
}
async function removeAll() {
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.reportMail.deleteMany({ where: { workspaceId: desk.workspaceId } }),
  )
}

test('a report comes at its hour, once, with charts in it, its numbers as text and a file', async () => {
  await add(['vera', 'ada'], { category: 'order' })
  await tick()
  expect(mailsTo('vera')).toHaveLength(0)
  await desk.travel('3 h 1 min')
  await tick()
  await tick()
  expect(mailsTo('ada')).toHaveLength(1)
  expect(mailsTo('vera')).toHaveLength(1)
  const [mail] = mailsTo('vera')
  expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated/m)
  expect(mail?.raw).toMatch(/Content-Type: image\/png/)
  expect(mail?.raw).toMatch(/Content-Id: <chart-[\w-]+@sidedesk>/i)
  expect(mail?.raw).toMatch(/filename=volume-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv/)
  expect(mail?.text).toContain('NEW TICKETS')
  expect(mail?.text).toContain('Category: Order')
  expect(mail?.text).toContain('https://desk.example/reports/volume?')
  await vera.open(PATH)
  expect(vera.words()).toContain('2 sent')
  await removeAll()
})

test('a desk that was off for days mails what was due last, once', async () => {
  await add(['vera'])
  const before = mailsTo('vera').length
  await desk.travel('75 h')
  await tick()
  await tick()
  expect(mailsTo('vera')).toHaveLength(before + 1)
  await removeAll()
})

test('a mail whose sending was not answered is found again and not sent twice', async () => {
  await add(['vera'])
  const before = mailsTo('vera').length
  desk.google.faults.add({ method: 'gmail.users.messages.send', kind: 'lost-reply' })
  await desk.travel('25 h')
  await tick()
  await desk.travel('30 min')
  await tick()
  expect(mailsTo('vera')).toHaveLength(before + 1)
  await removeAll()
})

test('whoever left, and whoever may not see figures any more, gets nothing', async () => {
  await add(['vera', 'rhea'])
  const counts = () => [mailsTo('vera').length, mailsTo('rhea').length]
  const [ofVera = 0, ofRhea = 0] = counts()
  const by = systemOf(desk.workspaceId)
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.rhea.email, by)
  await desk.travel('25 h')
  await tick()
  expect(counts()).toEqual([ofVera + 1, ofRhea])
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.rhea.email, by)
  await removeAll()
})

test('while effects are paused it waits, and comes once they are not', async () => {
  await add(['vera'])
  const before = mailsTo('vera').length
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await desk.travel('25 h')
  await tick()
  expect(mailsTo('vera')).toHaveLength(before)
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await desk.travel('1 h')
  await tick()
  expect(mailsTo('vera')).toHaveLength(before + 1)
  await removeAll()
})

test('«Mail it now» mails at once, and one press mails once', async () => {
  await add(['vera'])
  const before = mailsTo('vera').length
  await vera.open(PATH)
  const { path, fields } = vera.sending('Mail it now')
  for (let press = 0; press < 2; press++) await vera.browser.post(path, fields)
  await desk.settle()
  expect(mailsTo('vera')).toHaveLength(before + 1)
  await vera.open(PATH)
  await vera.press('Mail it now')
  await desk.settle()
  expect(mailsTo('vera')).toHaveLength(before + 2)
  await removeAll()
})

test('a lake that is gone is said in the mail', async () => {
  await desk.lake.sweep(desk.workspaceId)
  await add(['vera'])
  await vera.open(PATH)
  await vera.press('Mail it now')
  await desk.settle()
  expect(mailsTo('vera').at(-1)?.text).toMatch(/no figures of this workspace yet|made anew/)
  await removeAll()
})

test('what cannot be is refused in words, changes are on record, and agents see no such page', async () => {
  await vera.open(PATH)
  const shown = await vera.press('Add', { report: 'volume', hour: '25', weekday: 'day', period: 'yesterday' })
  expect(shown.status).toBe(400)
  expect(vera.words()).toContain('Choose who gets it.')
  await add(['vera'])
  expect((await desk.events('setting.changed')).at(-1)).toMatchObject({ payload: { setting: 'report_mails' } })
  const nora = pageReader(desk, 'nora')
  expect((await nora.open(PATH)).status).toBe(403)
})
