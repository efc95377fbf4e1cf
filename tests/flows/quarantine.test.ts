import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { retryQuarantined } from '../../backend/features/intake/index.ts'
import { pauseAfter } from '../../backend/features/intake/quarantine/holding.ts'
import { heldOf } from '../../backend/features/intake/quarantine/listing.ts'
import { dueSql, heldSql } from '../../backend/features/intake/quarantine/retrying.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import {
  fileQuarantinedMail,
  listQuarantined,
  type QuarantinedMail,
  retryQuarantinedMail,
  retryQuarantinedMails,
} from '../../shared/quarantine.ts'
import { getTicket } from '../../shared/tickets.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { plannerOf } from '../support/plans/planner.ts'
import { rawMail } from '../support/raw-mail.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let mail: ReturnType<typeof mailAt>
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
  archive = archiveOf(desk)
})
afterAll(() => desk.stop())

let bombs = 0

/** A mail that no parser reads. */
async function bomb(from = someone()) {
  const id = `<bomb${++bombs}@home.example>`
  const bytes = rawMail(
    {
      From: from,
      To: SUPPORT,
      Subject: `Bomb ${bombs}`,
      'Message-ID': id,
      'Content-Type': 'multipart/mixed; boundary=b',
    },
    `${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(12_000)}--b--`,
  )
  const sent = desk.google.deliver(bytes, { from, to: [SUPPORT] })
  await desk.settle()
  return { gmailId: archive.idOf(sent), messageId: id, from, bytes }
}

const held = async (): Promise<QuarantinedMail[]> =>
  (await desk.as('vera').call(listQuarantined, { query: { limit: 100 } })).items

async function heldWith(subject: string): Promise<QuarantinedMail> {
  const found = (await held()).find((one) => one.subject === subject)
  if (!found) throw new Error(`${subject} is not in quarantine`)
  return found
}

const owned = async (sql: string, values: unknown[]) => {
  const owner = await ownerOf(desk.database)
  await owner.query(sql, values)
  await owner.end()
}

/** As after a deploy of a desk that reads it: the row was left by another version, and the bytes are ones that can be read. */
async function readable(gmailId: string, bytes: Buffer): Promise<void> {
  const { rawId, sealed } = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    async (tx) => {
      const { rawId } = await tx.mailboxMail.findFirstOrThrow({ where: { gmailId }, select: { rawId: true } })
      const box = await desk.ctx.keyring.box(tx)
      return { rawId, sealed: box.seal('raw_mail', rawId ?? '', bytes) }
    },
    { reads: true },
  )
  await owned('update desk.raw_mail set content = $1, object_key = null where id = $2', [sealed, rawId])
}

const tick = async () => {
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, retryQuarantined, {}))
  await desk.settle()
}

const deployed = () => owned(`update desk.quarantined_mail set release = 'another'`, [])

test('what cannot be read stands in a list with its error and its tries, and a ticket says so', async () => {
  const { from } = await bomb()
  const mailHeld = await heldWith('Bomb 1')
  expect(mailHeld).toMatchObject({ sender: from, mailbox: SUPPORT, state: 'held', attempts: 1 })
  expect(mailHeld.error).toContain('ParserFailed')
  const ticket = await desk.as('nora').call(getTicket, { params: { ticketId: mailHeld.ticketId } })
  expect(ticket.subject).toBe('A mail that could not be read: Bomb 1')
})

test('its raw bytes are given to a lead exactly, which is on the record, and to nobody else', async () => {
  const { bytes, gmailId } = await bomb()
  const { id } = await heldWith('Bomb 2')
  const path = `/settings/quarantine/${id}`
  const vera = visitor(desk, 'vera')
  const form = /name="form" value="([^"]+)"/.exec((await vera.open(path)).text)?.[1] ?? ''
  const response = await vera.ask(`${path}/raw`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://desk.example' },
    body: new URLSearchParams({ form }).toString(),
  })
  expect(response.status).toBe(200)
  const got = Buffer.from(await response.arrayBuffer())
  const archived = desk.google.users.mails('archive@fern.example').find((one) => one.id === gmailId)
  expect(archived && got.equals(desk.google.users.rawOf(archived))).toBe(true)
  expect(got.subarray(-200).equals(bytes.subarray(-200))).toBe(true)
  expect(response.headers.get('content-disposition')).toContain('attachment')
  expect(await desk.events('quarantine.raw_read')).toHaveLength(1)
  expect((await visitor(desk, 'nora').open(path)).status).toBe(403)
})

test('a press tries it once more; what fails again is one ticket still, and waits longer each time', async () => {
  await bomb()
  const { id, ticketId } = await heldWith('Bomb 3')
  await desk.as('vera').call(retryQuarantinedMail, { params: { quarantinedId: id }, body: {} })
  await desk.settle()
  expect(await heldWith('Bomb 3')).toMatchObject({ id, ticketId, state: 'held', attempts: 2 })
  expect([1, 2, 3, 20].map((times) => pauseAfter(times) / 60_000)).toEqual([10, 20, 40, 1_440])
})

test('each new version of the desk tries what is held once, after its pause, and not again', async () => {
  await deployed()
  await tick()
  expect(await heldWith('Bomb 1')).toMatchObject({ attempts: 1 }) // its pause is not over
  await desk.travel('30 min')
  await tick()
  expect(await heldWith('Bomb 1')).toMatchObject({ attempts: 2, state: 'held' })
  await desk.travel('2 days')
  await tick()
  expect(await heldWith('Bomb 1')).toMatchObject({ attempts: 2 })
})

test('one version tries it once; the hundredth version tries it, too', async () => {
  await owned(`update desk.quarantined_mail set release = 'another', attempts = 99`, [])
  for (let day = 0; day < 2; day++) {
    await desk.travel('25 hours')
    await tick()
    expect((await held()).map(({ attempts }) => attempts)).toEqual([100, 100, 100])
  }
})

test('a lead has all of them tried again by one press, on the page or by the API, which is on the record', async () => {
  const pressed = (await desk.events('quarantine.retried')).length
  expect(await desk.as('vera').call(retryQuarantinedMails, { body: {} })).toEqual({ retried: 3 })
  expect(await desk.as('vera').call(retryQuarantinedMails, { body: {} })).toEqual({ retried: 0 }) // they are being tried
  await desk.settle()
  expect((await held()).map(({ attempts, state }) => [attempts, state])).toEqual(Array(3).fill([101, 'held']))
  const vera = visitor(desk, 'vera')
  expect((await vera.open('/settings/quarantine')).text).toContain('Try all again now')
  expect((await vera.send('/settings/quarantine', {})).text).toContain('3 are tried again')
  await desk.settle()
  expect((await held()).map(({ attempts }) => attempts)).toEqual([102, 102, 102])
  expect(await desk.events('quarantine.retried')).toHaveLength(pressed + 6)
  await expect(desk.as('nora').call(retryQuarantinedMails, { body: {} })).rejects.toMatchObject({ code: 'forbidden' })
})

test('what a new version can read becomes a ticket as usual, and the one that stood for it goes', async () => {
  const { gmailId, from, messageId } = await bomb()
  const { ticketId } = await heldWith('Bomb 4')
  await readable(
    gmailId,
    rawMail({ From: from, To: SUPPORT, Subject: 'The jar', 'Message-ID': messageId }, 'Where is it?'),
  )
  await deployed()
  await desk.travel('30 min')
  await tick()
  expect(await mail.card(messageId)).toMatchObject({ subject: 'The jar', status: 'new', customer: { email: from } })
  expect((await held()).map(({ subject }) => subject)).not.toContain('Bomb 4')
  const standIn = await desk.as('nora').call(getTicket, { params: { ticketId } })
  expect(standIn.voidReason).toBe('duplicate')
  expect(await archive.endingOf(gmailId)).toMatchObject({ state: 'ended', outcome: 'ticket' })
  expect(await desk.events('quarantine.left')).toHaveLength(1)
})

test('somebody makes a ticket of it by hand, once', async () => {
  const { gmailId } = await bomb()
  const { id } = await heldWith('Bomb 5')
  const by = { from: 'Ada Berg <ada@berg.example>', subject: 'Broken jar', text: 'She asks where her jar is.' }
  const call = () => desk.as('vera').call(fileQuarantinedMail, { params: { quarantinedId: id }, body: by })
  const { ticketId } = await call()
  await desk.settle()
  const ticket = await desk.as('nora').call(getTicket, { params: { ticketId } })
  expect(ticket).toMatchObject({ subject: 'Broken jar', customer: { name: 'Ada Berg', email: 'ada@berg.example' } })
  await expect(call()).rejects.toMatchObject({ code: 'already_done' })
  expect(await archive.endingOf(gmailId)).toMatchObject({ outcome: 'ticket' })
  expect((await held()).map(({ subject }) => subject)).not.toContain('Bomb 5')
})

test('the pages list it, and make the ticket', async () => {
  await bomb()
  const vera = visitor(desk, 'vera')
  const list = (await vera.open('/settings/quarantine')).text
  expect(list).toContain('Bomb 6')
  expect(list).toMatch(/It could not be read|more time or memory than a mail may take/) // why, without opening each
  const { id } = await heldWith('Bomb 6')
  const page = `/settings/quarantine/${id}`
  const refused = await vera.send(`${page}/ticket`, { from: 'nobody', subject: 'x', text: 'typed words' }, page)
  expect(refused.text).toContain('Say who wrote it')
  expect(refused.text).toContain('typed words')
  const made = await vera.send(`${page}/ticket`, { from: 'ada@berg.example', subject: 'By hand', text: 'x' }, page)
  expect(made.path).toMatch(/^\/desk\/tickets\//)
  expect(made.text).toContain('By hand')
})

test('the list and what is due are read by index among many', async () => {
  await owned(
    `insert into desk.quarantined_mail (workspace_id, id, mailbox_id, gmail_id, reason, state, error, content, attempts, release, next_at, ticket_id, at, tried_at)
     select $1, gen_random_uuid(), $2, 'x' || n, 'parser_threw', case when n % 2 = 0 then 'held' else 'filed' end, '', '', 1, 'x',
       now() + make_interval(mins => n), $2, now() - make_interval(mins => n), now() from generate_series(1, 30000) n`,
    [desk.workspaceId, desk.mailbox.mailboxId],
  )
  await owned('vacuum analyze desk.quarantined_mail', [])
  const planner = await plannerOf(desk.database, desk.workspaceId)
  const small = ['mailbox']
  const later = [new Date(Date.now() - 86_400_000).toISOString(), desk.workspaceId]
  for (const after of [null, later])
    expectIndexed(await planner.plan(heldOf(desk.workspaceId, after, 51)), {
      indexes: ['quarantined_mail_newest'],
      most: 60,
      small,
    })
  expectIndexed(await planner.plan(heldSql(desk.workspaceId)), {
    indexes: ['quarantined_mail_newest'],
    most: 250,
    small,
  })
  const due = await planner.plan(dueSql(desk.workspaceId, 'y', desk.clock.now()))
  expectIndexed(due, { indexes: ['quarantined_mail_due'], most: 10_000, small })
  await planner.end()
})
