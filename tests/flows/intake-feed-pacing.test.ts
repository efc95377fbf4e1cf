import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openMailbox } from '../../backend/features/intake/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { sendReply } from '../../shared/drafts.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

const ARCHIVE = 'archive@fern.example'
/** A bucket of 300 units: 13 mails, and then 11 in a minute. */
const UNITS = 1_200

let desk: Desk
let mail: ReturnType<typeof mailAt>
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk({ env: { GMAIL_UNITS_PER_MINUTE: String(UNITS) }, clockStands: true })
  mail = mailAt(desk)
  archive = archiveOf(desk)
  desk.google.quota.setLimit(UNITS)
})
afterAll(() => desk.stop())

const write = (subject: string, from = someone()) =>
  desk.google.customers.write({ from, to: SUPPORT, subject, text: 'x' })

const unitsUsed = () => desk.google.quota.of(ARCHIVE).total
const callsOf = (method: string) => desk.google.quota.of(ARCHIVE).calls[`gmail.users.${method}`] ?? 0

const pace = () =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.mailboxPace.findFirstOrThrow({ where: { workspaceId: desk.workspaceId } }),
    { reads: true },
  )

/** Until all that came is read, and the bucket is full again. */
async function calm() {
  for (let round = 0; round < 200; round++) {
    await desk.settle()
    const { rows } = await desk.pool.query<{ jobs: number }>(
      `select count(*)::int as jobs from graphile_worker._private_jobs where key like 'intake:sync%'`,
    )
    if (rows[0]?.jobs === 0) break
    await desk.travel('2 s')
  }
  await desk.travel('5 min')
}

test('a burst of mail is read at the pace that is set: no minute goes over, Gmail never refuses, and every mail comes', async () => {
  const sent = []
  for (let n = 0; n < 40; n++) sent.push(await write(`Burst ${n}`))
  let most = 0
  let rounds = 0
  for (; rounds < 120; rounds++) {
    const before = unitsUsed()
    await desk.settle()
    const endings = await archive.endings()
    if (sent.every((one) => endings.get(archive.idOf(one))?.state === 'ended')) break
    await desk.travel('2 s')
    most = Math.max(most, unitsUsed() - before)
  }
  expect(rounds).toBeGreaterThan(10) // 800 units for the mails alone, 300 at once and 15 a second after that
  expect(most).toBeLessThanOrEqual(UNITS * 0.25)
  expect(desk.google.quota.of(ARCHIVE).refused).toBe(0)
  const outcomes = [...(await archive.endings()).values()].map(({ outcome }) => outcome)
  expect(outcomes.filter((outcome) => outcome === 'ticket')).toHaveLength(40)
})

test('an answer goes out while new mail has used up all that it may', async () => {
  const first = await write('Answer me')
  for (let n = 0; n < 20; n++) await write(`Crowd ${n}`)
  await desk.travel('1 min')
  await desk.settle()
  for (let round = 0; round < 60 && !(await mail.find(first.messageId)); round++) {
    await desk.travel('2 s')
    await desk.settle()
  }
  const ticket = await mail.find(first.messageId)
  const live = await openMailbox(desk.ctx, desk.workspaceId, desk.mailbox.mailboxId, 'live')
  const history = await openMailbox(desk.ctx, desk.workspaceId, desk.mailbox.mailboxId, 'history')
  await desk.travel('1 min')
  const spend = async (gmail: typeof live) => {
    for (;;) await gmail.profile()
  }
  await expect(spend(history)).rejects.toMatchObject({ name: 'GmailPaced', mayHaveHappened: false })
  await expect(spend(live)).rejects.toMatchObject({ name: 'GmailPaced' }) // it had more than the past, and leaves a reserve
  const sends = callsOf('messages.send')
  await desk.as('nora').call(sendReply, { params: { ticketId: ticket?.id ?? '' }, body: { text: 'At once.' } })
  for (let round = 0; round < 10 && callsOf('messages.send') === sends; round++) {
    await desk.settle()
    await desk.travel('2 s')
  }
  expect(callsOf('messages.send')).toBe(sends + 1)
  expect(desk.google.quota.of(ARCHIVE).refused).toBe(0)
})

test('after a 429 every call of the account waits for as long as Google says, and the mail comes then', async () => {
  await calm()
  desk.google.faults.add({ method: 'gmail.users.messages.get', kind: '429', user: ARCHIVE, retryAfter: 30 })
  const sent = await write('Slow down')
  await desk.settle()
  const used = unitsUsed()
  expect((await pace()).heldUntil?.getTime()).toBeGreaterThan(desk.clock.now().getTime() + 25_000)
  await desk.travel('20 s')
  await archive.poll()
  expect(unitsUsed()).toBe(used) // not even a look at the feed
  expect(await mail.find(sent.messageId)).toBeNull()
  await desk.travel('15 s')
  await desk.settle()
  await archive.poll()
  expect(await mail.find(sent.messageId)).toMatchObject({ subject: 'Slow down' })
})

test('refusals in a row that name no time are answered with longer silences, and nothing is lost in the storm', async () => {
  await calm()
  desk.google.faults.add({ method: 'gmail.users.history.list', kind: '403', user: ARCHIVE, times: 6 })
  const sent = await write('Storm')
  const silences: number[] = []
  for (let second = 0; second < 300 && !(await mail.find(sent.messageId)); second++) {
    const met = desk.google.faults.met().length
    await desk.settle()
    const { heldUntil } = await pace()
    if (desk.google.faults.met().length > met && heldUntil)
      silences.push(Math.round((heldUntil.getTime() - desk.clock.now().getTime()) / 1_000))
    await desk.travel('1 s')
  }
  expect(silences).toEqual([2, 4, 8, 16, 32, 64])
  expect(await mail.find(sent.messageId)).toMatchObject({ subject: 'Storm', messageCount: 1 })
})
