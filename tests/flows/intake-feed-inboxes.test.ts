import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { deactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { sendReply } from '../../shared/drafts.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type Desk, type StaffName, SUPPORT, startDesk } from '../support/desk.ts'
import { rawMail } from '../support/raw-mail.ts'
import { robotKey } from '../support/service-account.ts'
import { tokenIn, visitor } from '../support/visitor.ts'

const PATH = '/settings/mailboxes/inboxes'
const NORA = 'nora@fern.example'
const SAM = 'sam@fern.example'

let desk: Desk
let mail: ReturnType<typeof mailAt>
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
  archive = archiveOf(desk)
})
afterAll(() => desk.stop())

async function choose(names: readonly StaffName[], key: string) {
  const ada = visitor(desk, 'ada')
  const form = tokenIn((await ada.open(PATH)).text)
  const fields = new URLSearchParams({ form, address: SUPPORT, key })
  for (const name of names) fields.append('inbox', desk.staff[name].id)
  const shown = await ada.post(PATH, fields)
  await desk.settle()
  return shown
}

const inDesk = <T>(work: Parameters<typeof inWorkspace<T>>[2]) =>
  inWorkspace(desk.ctx, desk.workspaceId, work, { reads: true })

const mailboxOf = (archiveAddress: string) =>
  inDesk((tx) => tx.mailbox.findFirstOrThrow({ where: { workspaceId: desk.workspaceId, archiveAddress } }))

const rowsOf = async (address: string) => {
  const { id } = await mailboxOf(address)
  return inDesk((tx) => tx.mailboxMail.findMany({ where: { workspaceId: desk.workspaceId, mailboxId: id } }))
}

const unmatchedOf = async (address: string) => {
  const { id } = await mailboxOf(address)
  const rows = await inDesk((tx) =>
    tx.mailboxUnmatched.findMany({ where: { workspaceId: desk.workspaceId, mailboxId: id } }),
  )
  return rows.reduce((sum, { mails }) => sum + mails, 0)
}

const rawCalls = (address: string) => desk.google.quota.of(address).calls['gmail.users.messages.get'] ?? 0

const copyIn = (sent: { copies: { mailbox: string; id: string }[] }, address: string) =>
  sent.copies.find(({ mailbox }) => mailbox === address)?.id ?? ''

test('without delegation nothing is read, and the page says what an admin does about it', async () => {
  expect((await choose(['nora'], '')).text).toContain('paste its JSON key')
  expect((await choose(['nora'], '{"no":"key"}')).text).toContain('not the JSON key of a service account')
  const stranger = robotKey().replace('robot@fern.iam.example', 'stranger@fern.iam.example')
  expect((await choose(['nora'], stranger)).text).toContain('Connect the mailbox again')
  expect(await inDesk((tx) => tx.mailbox.count({ where: { workspaceId: desk.workspaceId, kind: 'agent' } }))).toBe(0)
})

test('an admin chooses whose inboxes are read; the change is on the record, and the key is never shown', async () => {
  const shown = await choose(['nora', 'sam'], robotKey())
  expect(shown.path).toBe(`${PATH}?saved=1`)
  expect(shown.text).not.toContain('PRIVATE KEY')
  expect(await mailboxOf(NORA)).toMatchObject({ kind: 'agent', staffId: desk.staff.nora.id, state: 'connected' })
  expect(await mailboxOf(SAM)).toMatchObject({ kind: 'agent', state: 'connected' })
  const changes = await visitor(desk, 'ada').open('/settings/changes')
  expect(changes.text).toContain('Inboxes of people')
})

test('private mail leaves no trace but a count of the day, and its text is never asked for', async () => {
  const before = { rows: (await rowsOf(NORA)).length, unmatched: await unmatchedOf(NORA), calls: rawCalls(NORA) }
  const from = someone()
  const secret = await desk.google.customers.write({
    from,
    to: NORA,
    subject: 'Your X-ray results',
    text: 'They are fine.',
  })
  const colleague = desk.google.users.send(SAM, {
    bytes: rawMail({ From: SAM, To: NORA, Subject: 'Lunch?' }, 'At one?'),
  })
  await desk.settle()
  expect(await rowsOf(NORA)).toHaveLength(before.rows)
  expect(await unmatchedOf(NORA)).toBe(before.unmatched + 2)
  expect(rawCalls(NORA)).toBe(before.calls + 2) // by their headers, once each
  expect(await mail.find(secret.messageId)).toBeNull()
  expect(await mail.find(colleague.messageId)).toBeNull()
  const { rows } = await desk.pool.query<{ found: boolean }>(
    `select exists (select from graphile_worker._private_jobs where payload::text like '%${copyIn(secret, NORA)}%') as found`,
  )
  expect(rows[0]?.found).toBe(false)
})

test('a mail to the shared address is one ticket, however many inboxes and the archive have it', async () => {
  const sent = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'In all of them', text: 'x' })
  await desk.settle()
  expect(await mail.find(sent.messageId)).toMatchObject({ subject: 'In all of them', messageCount: 1 })
  const ids = [copyIn(sent, NORA), copyIn(sent, SAM), archive.idOf(sent)]
  const endings = await archive.endings()
  expect(ids.map((id) => endings.get(id)?.outcome).sort()).toEqual(['duplicate', 'duplicate', 'ticket'])
})

test('an answer that a customer writes to somebody’s own address joins its ticket', async () => {
  const from = someone()
  const first = await desk.google.customers.write({ from, to: SUPPORT, subject: 'Where is it?', text: 'one' })
  await desk.settle()
  const second = await desk.google.customers.write({
    from,
    to: NORA,
    subject: 'Re: Where is it?',
    text: 'Only to you.',
    inReplyTo: first.messageId,
  })
  await desk.settle()
  const card = await mail.find(second.messageId)
  expect(card).toMatchObject({ messageCount: 2 })
  expect(card?.id).toBe((await mail.find(first.messageId))?.id)
})

test('what an agent sends from their own inbox is read there and is theirs, without a routing rule', async () => {
  desk.google.setRouting(false)
  const from = someone()
  const first = await desk.google.customers.write({ from, to: SUPPORT, subject: 'Wrong size', text: 'x' })
  await desk.settle()
  const bytes = rawMail(
    { From: `Fern <${SUPPORT}>`, To: from, Subject: 'Re: Wrong size', 'In-Reply-To': first.messageId },
    'Sorry!',
  )
  const sent = desk.google.users.send(NORA, { bytes })
  await desk.settle()
  expect(await mail.find(sent.messageId)).toMatchObject({
    status: 'pending',
    messageCount: 2,
    firstResponse: { by: { name: 'Nora' } },
  })
  desk.google.setRouting(true)
})

test('an answer of the desk leaves from the archive, not from somebody’s own inbox', async () => {
  const first = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Please answer', text: 'x' })
  await desk.settle()
  const ticket = await mail.find(first.messageId)
  const sends = (address: string) => desk.google.quota.of(address).calls['gmail.users.messages.send'] ?? 0
  const before = [sends(NORA), sends(SAM), sends('archive@fern.example')]
  await desk.as('sam').call(sendReply, { params: { ticketId: ticket?.id ?? '' }, body: { text: 'Here it is.' } })
  await desk.settle()
  expect([sends(NORA), sends(SAM), sends('archive@fern.example')]).toEqual([before[0], before[1], (before[2] ?? 0) + 1])
})

test('a change feed that was cut off is made good without listing private mail', async () => {
  const before = desk.google.push.counts().lost
  desk.google.push.lose(10)
  const ours = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Ours', text: 'x' })
  const theirs = await desk.google.customers.write({ from: someone(), to: NORA, subject: 'Private', text: 'x' })
  desk.google.users.forgetHistory(NORA)
  await desk.google.settle()
  desk.google.push.lose(desk.google.push.counts().lost - before - 10) // those after these arrive
  const calls = rawCalls(NORA)
  await archive.poll()
  await archive.poll()
  const ids = (await rowsOf(NORA)).map(({ gmailId }) => gmailId)
  expect(ids).toContain(copyIn(ours, NORA))
  expect(ids).not.toContain(copyIn(theirs, NORA))
  expect(rawCalls(NORA)).toBe(calls + 2) // the headers and the bytes of ours
})

test('an inbox whose quota is small is read mail by mail, and each is looked at once', async () => {
  const { id } = await mailboxOf(SAM)
  const pace = (unitsPerMinute: number | null) =>
    inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
      await tx.mailbox.updateMany({ where: { workspaceId: desk.workspaceId, id }, data: { unitsPerMinute } })
      await tx.mailboxPace.updateMany({
        where: { workspaceId: desk.workspaceId, mailboxId: id },
        data: { level: 0, at: tx.now },
      })
    })
  await pace(600)
  const before = { unmatched: await unmatchedOf(SAM), calls: rawCalls(SAM) }
  for (let n = 0; n < 12; n++)
    await desk.google.customers.write({ from: someone(), to: SAM, subject: `Private ${n}`, text: 'x' })
  for (let round = 0; round < 60 && (await unmatchedOf(SAM)) < before.unmatched + 12; round++) {
    await desk.settle()
    await desk.travel('3 s')
  }
  expect(await unmatchedOf(SAM)).toBe(before.unmatched + 12)
  expect(rawCalls(SAM)).toBe(before.calls + 12)
  await pace(null)
})

test('an inbox that is left out is read no more, and what comes meanwhile is never read', async () => {
  await choose(['nora'], '')
  expect(await mailboxOf(SAM)).toMatchObject({ state: 'ended', secret: null, cursor: null })
  const calls = desk.google.quota.of(SAM).total
  await desk.google.customers.write({ from: someone(), to: SAM, subject: 'Meanwhile', text: 'x' })
  await archive.poll()
  expect(desk.google.quota.of(SAM).total).toBe(calls)
  const unmatched = await unmatchedOf(SAM)
  await choose(['nora', 'sam'], '')
  await archive.poll()
  expect(await mailboxOf(SAM)).toMatchObject({ state: 'connected' })
  expect(await unmatchedOf(SAM)).toBe(unmatched)
})

test('whoever leaves is read no more', async () => {
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId))
  await desk.settle()
  expect(await mailboxOf(SAM)).toMatchObject({ state: 'ended', secret: null })
  expect(await desk.events('mailbox.inbox_ended')).toHaveLength(2)
})
