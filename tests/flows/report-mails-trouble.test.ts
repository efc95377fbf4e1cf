import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { reportMailSchedule } from '../../backend/features/analytics/index.ts'
import { switchShadow } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue, type Job } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { pageReader } from '../support/page-reader.ts'

const PATH = '/settings/report-mails'
let desk: Awaited<ReturnType<typeof startFigureDesk>>
let vera: ReturnType<typeof pageReader>
beforeAll(async () => {
  desk = await startFigureDesk()
  vera = pageReader(desk, 'vera')
  await desk.write({ ticket: [1, 2, 3].map((n) => ticketRow(n, `${daysAgo(n)} 09:00`, { category: 'order' })) })
})
afterAll(() => desk.stop())
afterEach(() =>
  inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.reportMail.deleteMany({ where: { workspaceId: desk.workspaceId } }),
  ),
)

const daysAgo = (days: number) => new Date(desk.clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 10)
const mails = () => noticesTo(desk, 'vera').filter(({ subject }) => subject.startsWith('Volume:'))

async function tick() {
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    for (const { job } of reportMailSchedule) await enqueue(tx, job as unknown as Job<object, never>, {})
  })
  await desk.settle()
}

/** One that is due every day at three. */
async function add() {
  await vera.open(PATH)
  const wish = { report: 'volume', period: 'last-7-days', weekday: 'day', hour: '15', on: 'yes' }
  expect((await vera.press('Add', { ...wish, recipient: [desk.staff.vera.id] })).status).toBe(200)
}

const shadow = (on: boolean) =>
  switchShadow(desk.ctx, desk.workspaceId, { mailboxId: null, on }, systemOf(desk.workspaceId))

test('in shadow mode no report leaves, also none that somebody asks for, and what was due then never comes', async () => {
  await add()
  const before = mails().length
  await shadow(true)
  await desk.travel('24 h')
  await tick()
  await vera.open(PATH)
  await vera.press('Mail it now')
  await desk.settle()
  expect(mails()).toHaveLength(before)
  await shadow(false)
  await desk.travel('10 min')
  await tick()
  expect(mails()).toHaveLength(before)
  await desk.travel('24 h')
  await tick()
  expect(mails()).toHaveLength(before + 1)
})

test('a report that was planned before shadow mode waits until it ends', async () => {
  await add()
  const before = mails().length
  desk.google.faults.add({ method: 'gmail.users.messages.send', kind: '503' })
  await desk.travel('24 h')
  await tick()
  expect(mails()).toHaveLength(before)
  await shadow(true)
  desk.google.faults.clear()
  await desk.travel('30 min')
  await tick()
  expect(mails()).toHaveLength(before)
  await shadow(false)
  await desk.travel('30 min')
  await tick()
  expect(mails()).toHaveLength(before) // it is looked for a second time before it is sent again
  await desk.travel('1 min')
  await desk.settle()
  expect(mails()).toHaveLength(before + 1)
})

test('figures that are late, or are made anew, are mailed with the words that the page says', async () => {
  await add()
  await desk.travel('24 h')
  await tick()
  expect(mails().at(-1)?.text).toContain('Nothing has come in for a while')
  expect(mails().at(-1)?.raw).toMatch(/Nothing has come in for a while/)
  const at = desk.clock.now().toISOString()
  const pulse = { state: 'rebuilding', at, commit: null, words: '3 of 9 parts are there.' }
  writeFileSync(join(desk.ctx.config.lake.dir, 'pulse.json'), JSON.stringify(pulse))
  await vera.open(PATH)
  await vera.press('Mail it now')
  await desk.settle()
  const said = 'The figures are made anew and are older meanwhile. 3 of 9 parts are there.'
  expect(mails().at(-1)?.text).toContain(said)
  await vera.open('/reports/volume')
  expect(vera.words()).toContain(said)
})

test('what a mail tells is what its page tells: when it comes does not filter it', async () => {
  await desk.write({ ticket: [1, 2, 3].map((n) => ticketRow(n, `${daysAgo(n)} 09:00`, { category: 'order' })) })
  await add()
  await vera.open(PATH)
  await vera.press('Mail it now')
  await desk.settle()
  expect(mails().at(-1)?.text).toMatch(/NEW TICKETS BY CATEGORY\s+3\s/)
})

test('the file of a mail has every row of the report, and one that is too large for a mail is a link', async () => {
  const tagged = (count: number, length: number) =>
    desk.write({
      ticket: Array.from({ length: count / 100 }, (_, n) => {
        const tags = Array.from({ length: 100 }, (_, tag) => `t${n}-${tag}-`.padEnd(length, 'x'))
        return ticketRow(n + 1, `${daysAgo(2)} 09:00`, { tags })
      }),
    })
  const mailed = async () => {
    await vera.open(PATH)
    await vera.press('Mail it now')
    await desk.settle()
    return mails().at(-1)
  }
  await add()
  await tagged(700, 12)
  const small = await mailed()
  const [, coded = ''] =
    /filename=volume-[\d-]+to-[\d-]+\.csv[\s\S]*?\r?\n\r?\n([\w+/=\r\n]+)/.exec(small?.raw ?? '') ?? []
  const csv = Buffer.from(coded, 'base64').toString('utf8')
  expect(csv.match(/t\d-\d+-x+/g)).toHaveLength(700)
  expect(csv).not.toContain('rows are shown')
  expect(small?.text).toContain('and 680 more')
  await tagged(9_000, 150)
  const large = await mailed()
  expect(large?.raw).not.toMatch(/filename=volume/)
  expect(large?.text).toMatch(
    /As a file, which is too large for a mail: https:\/\/desk\.example\/reports\/volume\/file\?/,
  )
})
