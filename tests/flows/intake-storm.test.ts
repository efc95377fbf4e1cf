import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { GmailAccessLost } from '../../backend/clients/gmail/index.ts'
import { readMailbox } from '../../backend/features/intake/mailboxes.ts'
import { take } from '../../backend/features/intake/taking.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { archiveOf } from '../support/archive.ts'
import { someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

const ARCHIVE = 'archive@fern.example'
const MAILS = 60
/** Seconds of the desk's clock; longer silences than the first ones would take ten times as many. */
const PATIENCE = 120

let desk: Desk
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk()
  archive = archiveOf(desk)
})
afterAll(() => desk.stop())

const readings = () => desk.google.quota.of(ARCHIVE).calls['gmail.users.messages.get'] ?? 0

/** @returns the Gmail ids of the mails */
async function write(mails: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < mails; n++)
    ids.push(
      archive.idOf(
        await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: `Storm ${n}`, text: 'x' }),
      ),
    )
  return ids
}

async function filedOf(ids: readonly string[]): Promise<number> {
  const endings = await archive.endings()
  return ids.filter((id) => endings.get(id)?.outcome === 'ticket').length
}

test('in a storm that refuses every third call the mails come all the same, each is read once, and the feed advances', async () => {
  const before = { readings: readings(), cursor: (await archive.mailbox()).cursor }
  desk.google.faults.add({ method: 'gmail.users.*', kind: '429', user: ARCHIVE, every: 3, times: 10_000 })
  const ids = await write(MAILS)
  let seconds = 0
  for (; seconds < PATIENCE && (await filedOf(ids)) < MAILS; seconds++) {
    await desk.settle()
    await desk.travel('1 s')
  }
  expect(await filedOf(ids)).toBe(MAILS)
  expect(readings()).toBe(before.readings + MAILS)
  const refused = desk.google.faults.met().filter(({ method }) => method === 'gmail.users.messages.get').length
  expect(refused).toBeGreaterThan(5) // it was a storm
  expect(refused).toBeLessThan(MAILS)
  await archive.poll()
  desk.google.faults.clear()
  await desk.travel('5 min')
  await archive.poll()
  expect(BigInt((await archive.mailbox()).cursor ?? 0)).toBeGreaterThan(BigInt(before.cursor ?? 0))
  expect(readings()).toBe(before.readings + MAILS) // what was stored amid the storm is not asked for when it is over
})

test('what was read before the access was lost is kept', async () => {
  desk.google.push.lose(1)
  const ids = await write(5)
  await desk.google.settle()
  const mailbox = await readMailbox(desk.ctx, desk.workspaceId, desk.mailbox.mailboxId)
  const shutOut = new GmailAccessLost('revoked')
  const gmail = {
    ...mailbox.gmail,
    raw: (id: string) => (id === ids[3] ? Promise.reject(shutOut) : mailbox.gmail.raw(id)),
  }
  const changes = ids.map((gmailId) => ({ gmailId, threadId: null, labels: ['INBOX'] }))
  await expect(take(desk.ctx, { ...mailbox, gmail }, changes, false)).rejects.toBe(shutOut)
  const read = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.mailboxMail.findMany({ where: { gmailId: { in: ids }, rawId: { not: null } } }),
    { reads: true },
  )
  expect(read).toHaveLength(4)
})
