import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { forgetSpam } from '../../backend/features/intake/index.ts'
import { suspectsOf } from '../../backend/features/intake/spam/listing.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { confirmSuspectedSpam, listSuspectedSpam, releaseSuspectedSpam } from '../../shared/spam.ts'
import { listTickets } from '../../shared/tickets.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { plannerOf } from '../support/plans/planner.ts'
import { visitor } from '../support/visitor.ts'

const ARCHIVE = 'archive@fern.example'

let desk: Desk
let mail: ReturnType<typeof mailAt>
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
  archive = archiveOf(desk)
})
afterAll(() => desk.stop())

/** A mail that Gmail takes for spam. */
async function spam(subject: string, more: { from?: string; text?: string } = {}) {
  const sent = await desk.google.customers.write({
    from: more.from ?? someone(),
    to: SUPPORT,
    subject,
    text: more.text ?? 'You have won.',
    spam: true,
  })
  await desk.settle()
  return sent
}

const listed = async () => (await desk.as('nora').call(listSuspectedSpam, { query: { limit: 100 } })).items

async function suspectOf(subject: string) {
  const found = (await listed()).find((item) => item.subject === subject)
  if (!found) throw new Error(`${subject} is not suspected`)
  return found
}

const labelsOf = (sent: Parameters<ReturnType<typeof archiveOf>['idOf']>[0]) =>
  desk.google.users.mails(ARCHIVE).find(({ id }) => id === archive.idOf(sent))?.labels

const release = async (suspectedId: string, key?: string) => {
  await desk
    .as('nora')
    .call(releaseSuspectedSpam, { params: { suspectedId }, body: {}, ...(key !== undefined && { key }) })
  await desk.settle()
}

test('what Gmail takes for spam stands in a list of its own, and nothing else knows of it', async () => {
  const before = (await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })).items.length
  const from = someone()
  const sent = await spam('A prize', { from })
  expect(await suspectOf('A prize')).toMatchObject({ sender: from, mailbox: SUPPORT, excerpt: 'You have won.' })
  expect(await mail.find(sent.messageId)).toBeNull()
  expect((await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })).items).toHaveLength(before)
  expect(await archive.endingOf(archive.idOf(sent))).toMatchObject({ state: 'ended', outcome: 'suspected_spam' })
  const left = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    async (tx) => ({
      customers: await tx.customerAddress.count({ where: { emailKey: from } }),
      clocks: await tx.slaClock.count(),
      notices: await tx.notice.count(),
      answers: await tx.journalEntry.count(),
      words: await tx.searchDocument.count(),
    }),
    { reads: true },
  )
  expect(left).toEqual({ customers: 0, clocks: 0, notices: 0, answers: 0, words: 0 })
  expect(desk.google.customers.inbox(from)).toEqual([])
})

test('one press makes it a ticket and takes it out of spam in Gmail; a second press changes nothing', async () => {
  const sent = await spam('A real question')
  const { id } = await suspectOf('A real question')
  await release(id)
  expect(await mail.find(sent.messageId)).toMatchObject({ subject: 'A real question', status: 'new' })
  expect(labelsOf(sent)).toEqual(expect.arrayContaining(['INBOX']))
  expect(labelsOf(sent)).not.toContain('SPAM')
  expect((await listed()).map((item) => item.id)).not.toContain(id)
  await release(id)
  expect((await mail.card(sent.messageId)).messageCount).toBe(1)
  expect(await desk.events('spam.released')).toHaveLength(1)
})

test('Gmail being away holds up neither the ticket nor, in the end, the label', async () => {
  const sent = await spam('While Gmail is away')
  const { id } = await suspectOf('While Gmail is away')
  desk.google.faults.add({ method: 'gmail.users.messages.modify', kind: '503' })
  await release(id)
  expect(await mail.find(sent.messageId)).not.toBeNull()
  await desk.travel('10 min')
  await desk.settle()
  expect(labelsOf(sent)).not.toContain('SPAM')
})

test('one press says that it is spam: it leaves the list and stays where it is in Gmail', async () => {
  const sent = await spam('Surely spam')
  const { id } = await suspectOf('Surely spam')
  await desk.as('nora').call(confirmSuspectedSpam, { params: { suspectedId: id }, body: {} })
  expect((await listed()).map((item) => item.id)).not.toContain(id)
  expect(labelsOf(sent)).toContain('SPAM')
  expect(await desk.events('spam.confirmed')).toHaveLength(1)
})

test('what Gmail itself takes out of spam becomes a ticket by itself', async () => {
  const sent = await spam('Rescued')
  const response = await fetch(`${desk.google.url}/gmail/v1/users/me/messages/${archive.idOf(sent)}/modify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.google.users.accessToken(ARCHIVE)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ removeLabelIds: ['SPAM'], addLabelIds: ['INBOX'] }),
  })
  expect(response.status).toBe(200)
  await desk.settle()
  expect(await mail.find(sent.messageId)).toMatchObject({ subject: 'Rescued' })
  expect((await listed()).map(({ subject }) => subject)).not.toContain('Rescued')
  expect(await desk.events('spam.cleared')).toHaveLength(1)
})

test('the page of the desk shows the list with both presses, and whoever only reads sees no press', async () => {
  await spam('On the page')
  const page = await visitor(desk, 'nora').open('/desk/suspected-spam')
  expect(page.text).toContain('On the page')
  expect(page.text).toContain('No spam: make ticket')
  const reader = await visitor(desk, 'rhea').open('/desk/suspected-spam')
  expect(reader.text).toContain('On the page')
  expect(reader.text).not.toContain('Yes, spam')
  const { id } = await suspectOf('On the page')
  const after = await visitor(desk, 'nora').send(`/desk/suspected-spam/${id}/confirmation`, {}, '/desk/suspected-spam')
  expect(after.text).toContain('Off the list.')
  expect(after.text).not.toContain('On the page')
})

test('after 30 days it is off the list, and who wrote it is forgotten', async () => {
  await spam('Old news')
  await suspectOf('Old news')
  await desk.travel('31 days')
  expect(await listed()).toEqual([])
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, forgetSpam, {}))
  await desk.settle()
  const kept = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.suspectedMail.count(), { reads: true })
  expect(kept).toBe(0)
})

test('a page of the list walks its index among a hundred thousand, first and later', async () => {
  const owner = await ownerOf(desk.database)
  await owner.query(
    `insert into desk.suspected_mail (workspace_id, id, mailbox_id, gmail_id, at, state, content, decided_at)
     select $1, gen_random_uuid(), $2, 'x' || n, $3::timestamptz - make_interval(secs => n * 20),
       case when n % 3 = 0 then 'suspected' else 'spam' end, '', case when n % 3 = 0 then null else now() end
     from generate_series(1, 100000) n`,
    [desk.workspaceId, desk.mailbox.mailboxId, desk.clock.now()],
  )
  await owner.query('vacuum analyze desk.suspected_mail')
  await owner.end()
  const planner = await plannerOf(desk.database, desk.workspaceId)
  const since = new Date(desk.clock.now().getTime() - 30 * 86_400_000)
  const later = [new Date(desk.clock.now().getTime() - 86_400_000).toISOString(), desk.workspaceId]
  for (const after of [null, later]) {
    const nodes = await planner.plan(suspectsOf(desk.workspaceId, { since, after, limit: 51 }))
    expectIndexed(nodes, { indexes: ['suspected_mail_newest'], most: 60, small: ['mailbox'] })
  }
  await planner.end()
})
