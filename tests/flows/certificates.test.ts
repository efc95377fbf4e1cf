import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { certificatesOf, differencesOf } from '../../backend/features/intake/certifying/certificates.ts'
import { certifyMailboxes, openMailbox } from '../../backend/features/intake/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import {
  listMailCertificates,
  listMailDifferences,
  type MailCertificate,
  startMailCount,
  takeMissedMail,
} from '../../shared/certificates.ts'
import { lookUpTicket } from '../../shared/tickets.ts'
import { archiveOf } from '../support/archive.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { noticesOf } from '../support/notice-desk.ts'
import { pastAt } from '../support/past-mail.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { plannerOf } from '../support/plans/planner.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk()
  archive = archiveOf(desk)
})
afterAll(() => desk.stop())

let people = 0
const write = (more: { spam?: boolean; subject?: string } = {}) =>
  desk.google.customers.write({
    from: `customer${++people}@home.example`,
    to: SUPPORT,
    subject: 'Jar',
    text: 'Where is it?',
    ...more,
  })

/** A mail that the change feed never told of: the position moves past it unread. */
async function lost(subject: string) {
  const mail = await write({ subject })
  const gmail = await openMailbox(desk.ctx, desk.workspaceId, desk.mailbox.mailboxId)
  const { historyId } = await gmail.profile()
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.mailbox.updateMany({ where: { workspaceId: desk.workspaceId }, data: { cursor: historyId } }),
  )
  await desk.settle()
  return mail
}

const certificates = async (): Promise<MailCertificate[]> =>
  (await desk.as('vera').call(listMailCertificates, { query: { limit: 100 } })).items

const newest = async (): Promise<MailCertificate> => {
  const [first] = await certificates()
  if (!first) throw new Error('Nothing is counted')
  return first
}

async function countNow(): Promise<MailCertificate> {
  await desk.as('vera').call(startMailCount, { body: { mailboxId: desk.mailbox.mailboxId } })
  await desk.settle()
  return newest()
}

async function countByNight(): Promise<void> {
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, certifyMailboxes, {}))
  await desk.settle()
}

const differences = async ({ id }: MailCertificate) =>
  (await desk.as('vera').call(listMailDifferences, { params: { certificateId: id }, query: { limit: 100 } })).items

const ticketOf = async ({ messageId }: { messageId: string }) =>
  (await desk.as('nora').call(lookUpTicket, { body: { messageId } })).ticket

test('a count that a supervisor asks for matches each Gmail id, spam included, with its outcome', async () => {
  await write()
  await write()
  await write({ spam: true })
  await desk.settle()
  await desk.travel('20 min')
  const certificate = await countNow()
  expect(certificate).toMatchObject({
    kind: 'asked',
    listed: 3,
    outcomes: { ticket: 2, suspected_spam: 1 },
    late: 0,
    missing: 0,
    unended: 0,
  })
  expect(await differences(certificate)).toEqual([])
})

test('what is missing is listed by id and subject and brought in by one press, not by the count', async () => {
  const mail = await lost('The lost jar')
  await desk.travel('20 min')
  const certificate = await countNow()
  expect(certificate).toMatchObject({ listed: 4, missing: 1, late: 0 })
  expect(await ticketOf(mail)).toBeNull()
  const gmailId = archive.idOf(mail)
  expect(await differences(certificate)).toEqual([
    expect.objectContaining({ gmailId, kind: 'missing', subject: 'The lost jar', asked: false, outcome: null }),
  ])
  const take = () =>
    desk.as('vera').call(takeMissedMail, { params: { certificateId: certificate.id, gmail: gmailId }, body: {} })
  await take()
  await take()
  await desk.settle()
  const ticket = await ticketOf(mail)
  expect(ticket).toMatchObject({ subject: 'The lost jar', messageCount: 1 })
  expect(await differences(certificate)).toEqual([
    expect.objectContaining({ gmailId, asked: true, outcome: 'ticket', ticketId: ticket?.id }),
  ])
  expect(await desk.events('mail.missed_taken')).toHaveLength(1)
  expect(await countNow()).toMatchObject({ listed: 4, missing: 0 })
})

test('leads are mailed when anything differs, without having chosen so, and not when nothing does', async () => {
  const told = () =>
    noticesOf(desk)
      .mailed('vera')
      .filter((subject) => subject.startsWith(SUPPORT))
  expect(told()).toEqual([`${SUPPORT}: mails are missing`])
})

test('a nightly count brings in what is missing and lists it as well', async () => {
  const mail = await lost('Lost at night')
  await desk.travel('1 day')
  await countByNight()
  const certificate = await newest()
  expect(certificate).toMatchObject({ kind: 'nightly', late: 1, missing: 0 })
  expect(await ticketOf(mail)).toMatchObject({ subject: 'Lost at night' })
  expect(await differences(certificate)).toEqual([
    expect.objectContaining({ subject: 'Lost at night', outcome: 'ticket' }),
  ])
})

test('a mail that Gmail did not hand out when it came, and lists, is missing: the night brings it in', async () => {
  desk.google.faults.add({ method: 'gmail.users.messages.get', kind: '404', user: 'archive@fern.example' })
  const mail = await write({ subject: 'Not there yet' })
  await desk.settle()
  expect(await archive.endingOf(archive.idOf(mail))).toMatchObject({ outcome: 'ignored', reason: 'gone' })
  await desk.travel('20 min')
  const asked = await countNow()
  expect(asked.missing).toBe(1)
  expect(await differences(asked)).toEqual([
    expect.objectContaining({ gmailId: archive.idOf(mail), kind: 'missing', outcome: null }),
  ])
  await desk.travel('1 day')
  await countByNight()
  expect(await newest()).toMatchObject({ kind: 'nightly', late: 1 })
  expect(await ticketOf(mail)).toMatchObject({ subject: 'Not there yet', messageCount: 1 })
})

test('a mail that was deleted before it was read stays gone, and is missed by nobody', async () => {
  const before = await newest()
  const mail = await write({ subject: 'Deleted at once' })
  const answer = await fetch(`${desk.google.url}/gmail/v1/users/me/messages/${archive.idOf(mail)}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${desk.google.users.accessToken('archive@fern.example')}` },
  })
  expect(answer.ok).toBe(true)
  await desk.settle()
  expect(await archive.endingOf(archive.idOf(mail))).toMatchObject({ outcome: 'ignored', reason: 'gone' })
  await desk.travel('20 min')
  expect(await countNow()).toMatchObject({ missing: 0 })
  expect((await newest()).id).not.toBe(before.id)
})

test('the pages show the count, its certificate and the press', async () => {
  const vera = visitor(desk, 'vera')
  const mail = await lost('On the page')
  await desk.travel('20 min')
  const started = await vera.send(
    '/settings/counted-mail',
    { mailbox: desk.mailbox.mailboxId },
    '/settings/counted-mail',
  )
  expect(started.text).toContain('Being counted: 0 mails so far')
  await desk.settle()
  const list = await vera.open('/settings/counted-mail')
  expect(list.text).toContain('1 is not here')
  const { id } = await newest()
  const one = await vera.open(`/settings/counted-mail/${id}`)
  expect(one.text).toContain('On the page')
  expect(one.text).toContain('Suspected spam')
  await vera.send(`/settings/counted-mail/${id}`, { mail: archive.idOf(mail) })
  await desk.settle()
  expect((await vera.open(`/settings/counted-mail/${id}`)).text).toContain('since then: Became a ticket')
  expect((await visitor(desk, 'nora').open('/settings/counted-mail')).status).toBe(403)
})

test('earlier mail that was read in is counted as well, without the spam of then; what a hole swallowed comes in as history', async () => {
  const before = (await countNow()).listed
  const past = pastAt(desk)
  await past.stood([{ id: 'read1', days: 20, who: 'olga@home.example' }])
  expect(await countNow()).toMatchObject({ listed: before }) // nobody asked for it
  await past.start(1)
  await past.goOn()
  const [spamId = '', lateId = ''] = await past.stood([
    { id: 'spam1', days: 10, who: 'win@home.example' },
    { id: 'late1', days: 10, who: 'otto@home.example', subject: 'Swallowed' },
  ])
  const gmail = await openMailbox(desk.ctx, desk.workspaceId, desk.mailbox.mailboxId)
  await gmail.modify(spamId, { add: ['SPAM'], remove: ['INBOX'] })
  await archive.poll()
  const certificate = await countNow()
  expect(certificate).toMatchObject({ listed: before + 2, missing: 1 })
  expect(await differences(certificate)).toEqual([expect.objectContaining({ gmailId: lateId, subject: 'Swallowed' })])
  await desk.as('vera').call(takeMissedMail, { params: { certificateId: certificate.id, gmail: lateId }, body: {} })
  await desk.settle()
  expect(await past.tickets('otto@home.example')).toMatchObject([{ status: 'closed', subject: 'Swallowed' }])
})

test('a page of Gmail’s list that fails is asked for again, and no mail is counted twice', async () => {
  const before = (await newest()).listed
  desk.google.faults.add({ method: 'gmail.users.messages.list', kind: '503' })
  await desk.as('vera').call(startMailCount, { body: { mailboxId: desk.mailbox.mailboxId } })
  await desk.settle()
  await desk.travel('10 min')
  await desk.settle()
  expect(await newest()).toMatchObject({ listed: before, missing: 0 })
})

test('a count that takes until the next night keeps that one from nothing', async () => {
  await desk.travel('1 day')
  desk.google.faults.add({ method: 'gmail.users.messages.list', kind: '503' })
  await countByNight()
  const mail = await lost('Lost while it was counted')
  await desk.travel('13 hours')
  await desk.settle()
  expect(await newest()).toMatchObject({ kind: 'nightly', late: 0 })
  await countByNight()
  expect(await newest()).toMatchObject({ kind: 'nightly', late: 1 })
  expect(await ticketOf(mail)).toMatchObject({ subject: 'Lost while it was counted' })
})

test('a mailbox that Google refuses stops the count and says why; the next one begins anew', async () => {
  const count = (await certificates()).length
  desk.google.users.revoke('archive@fern.example')
  await desk.as('vera').call(startMailCount, { body: { mailboxId: desk.mailbox.mailboxId } })
  await desk.settle()
  await desk.travel('10 min')
  await archive.poll()
  expect(await certificates()).toHaveLength(count)
  const page = await visitor(desk, 'vera').open('/settings/counted-mail')
  expect(page.text).toContain('The last count stopped: Google refuse')
})

test('certificates and differences are read by index among many', async () => {
  const owner = await ownerOf(desk.database)
  const { mailboxId } = desk.mailbox
  await owner.query(
    `insert into desk.intake_certificate (workspace_id, id, mailbox_id, at, from_at, to_at, listed, late, unended)
     select $1, gen_random_uuid(), $2, now() - make_interval(mins => n), now() - make_interval(mins => n), now(), 10, 0, 0 from generate_series(1, 20000) n`,
    [desk.workspaceId, mailboxId],
  )
  await owner.query(
    `insert into desk.intake_difference (workspace_id, certificate_id, gmail_id, mailbox_id, kind, state, at)
     select $1, $3, 'x' || lpad(n::text, 8, '0'), $2, 'missing', 'open', now() from generate_series(1, 50000) n`,
    [desk.workspaceId, mailboxId, mailboxId],
  )
  await owner.query('vacuum analyze')
  await owner.end()
  const planner = await plannerOf(desk.database, desk.workspaceId)
  const small = ['mailbox']
  for (const after of [null, [mailboxId]])
    expectIndexed(await planner.plan(certificatesOf(desk.workspaceId, after, 51)), {
      indexes: ['intake_certificate_pkey'],
      most: 60,
      small,
    })
  const differing = differencesOf(desk.workspaceId, { certificateId: mailboxId, after: 'x00020000', limit: 51 })
  expectIndexed(await planner.plan(differing), {
    indexes: ['intake_difference_pkey'],
    most: 60,
    small: [...small, 'message', 'mailbox_mail'],
  })
  await planner.end()
})
