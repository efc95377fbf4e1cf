import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { certifyMailboxes, lastCertificatesSql, openMailbox } from '../../backend/features/intake/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { lookUpTicket } from '../../shared/tickets.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { noticesOf } from '../support/notice-desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let people = 0
const write = () =>
  desk.google.customers.write({
    from: `customer${++people}@home.example`,
    to: SUPPORT,
    subject: 'Jar',
    text: 'Where is it?',
  })

async function certify() {
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, certifyMailboxes, {}))
  await desk.settle()
}

const certificates = () =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) =>
      tx.intakeCertificate.findMany({ orderBy: { at: 'asc' }, select: { listed: true, late: true, unended: true } }),
    { reads: true },
  )

/** A mail that the change feed never told of: the position moves past it unread. */
async function lost() {
  const mail = await write()
  const gmail = await openMailbox(desk.ctx, desk.workspaceId, desk.mailbox.mailboxId)
  const { historyId } = await gmail.profile()
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.mailbox.updateMany({ where: { workspaceId: desk.workspaceId }, data: { cursor: historyId } }),
  )
  await desk.settle()
  return mail
}

const ticketOf = async ({ messageId }: { messageId: string }) =>
  (await desk.as('nora').call(lookUpTicket, { body: { messageId } })).ticket

test('each night Gmail’s list is compared with what is here; what has just come is left for the next count', async () => {
  for (let count = 0; count < 3; count++) await write()
  await desk.settle()
  await certify()
  expect(await certificates()).toEqual([])
  await desk.travel('20 min')
  await write()
  await desk.settle()
  await certify()
  expect(await certificates()).toEqual([{ listed: 3, late: 0, unended: 0 }])
  const page = await visitor(desk, 'vera').open('/settings/mailboxes')
  expect(page.text).toContain('3 mails in Gmail, all of them here')
})

test('a mail that was lost on its way is found, becomes a ticket, and is told to who wants to know', async () => {
  await noticesOf(desk).choose('vera', { certificate: 'mail' })
  const mail = await lost()
  expect(await ticketOf(mail)).toBeNull()
  await desk.travel('1 day')
  await certify()
  expect((await certificates()).at(-1)).toMatchObject({ late: 1, unended: 0 })
  expect(await ticketOf(mail)).toMatchObject({ subject: 'Jar' })
  expect(noticesOf(desk).mailed('vera').at(-1)).toBe(`${SUPPORT}: mails were late`)
  expect(await desk.events('mailbox.certified')).toHaveLength(2)
  await desk.travel('1 day')
  await certify()
  expect((await certificates()).at(-1)).toMatchObject({ late: 0, unended: 0 })
})

test('a count that the queue runs again is one certificate and told once, and hides nothing of the first', async () => {
  await lost()
  await desk.travel('1 day')
  const [before, told] = [(await certificates()).length, noticesOf(desk).mailed('vera').length]
  await certify()
  await desk.travel('5 min')
  await certify()
  expect((await certificates()).slice(before)).toEqual([expect.objectContaining({ late: 1 })])
  expect(noticesOf(desk).mailed('vera').slice(told)).toEqual([`${SUPPORT}: mails were late`])
})

test('a mailbox that cannot be read gets no certificate', async () => {
  const before = (await certificates()).length
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.mailbox.updateMany({ where: { workspaceId: desk.workspaceId }, data: { state: 'paused' } }),
  )
  await desk.travel('1 day')
  await certify()
  expect(await certificates()).toHaveLength(before)
})

test('the last count of a mailbox is read by its index', async () => {
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  await owner.query(
    `insert into desk.intake_certificate (workspace_id, id, mailbox_id, at, from_at, to_at, listed, late, unended)
     select $1, gen_random_uuid(), $2, now() - make_interval(days => d), now() - make_interval(days => d + 1), now() - make_interval(days => d), 10, 0, 0
     from generate_series(1, 3000) d`,
    [desk.workspaceId, desk.mailbox.mailboxId],
  )
  await owner.query('vacuum analyze desk.intake_certificate')
  await owner.end()
  const app = new pg.Client({ connectionString: desk.database.url })
  await app.connect()
  await app.query(`select set_config('app.workspace_id', $1, false)`, [desk.workspaceId])
  const { text, values } = lastCertificatesSql(desk.workspaceId)
  const { rows } = await app.query(`explain (analyze, format json, timing off) ${text}`, values as unknown[])
  await app.end()
  expect(JSON.stringify(rows)).toContain('intake_certificate_workspace_id_mailbox_id_at_idx')
})
