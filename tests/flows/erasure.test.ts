import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mailKeyOf } from '../../backend/features/tickets/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { createContactTicket } from '../../shared/contacts.ts'
import { getCustomer } from '../../shared/customers.ts'
import { sendReply } from '../../shared/drafts.ts'
import { createField, fillCustomerFields, fillTicketFields } from '../../shared/fields.ts'
import { ignoreSender } from '../../shared/ignored-senders.ts'
import { remindMe } from '../../shared/queues.ts'
import { eraseCustomer, exportCustomer, getForgettingRun } from '../../shared/retention.ts'
import { makeCustomerTask, makeTicketTask } from '../../shared/tasks.ts'
import { getTicket, noteTicket } from '../../shared/tickets.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { rawMail } from '../support/raw-mail.ts'
import { dumpOf, type WholeDump } from '../support/whole-dump.ts'

const ADDRESS = 'ottilie.zwetschgenkern@home.example'
const NAME = 'Ottilie Zwetschgenkern'
/** Words that stand nowhere else, by where somebody wrote them. */
const SECRETS = {
  body: 'quastenflossergesicht',
  large: 'murmelbahnversteck',
  file: 'tintenfassgeheimnis',
  fileName: 'hagebuttenliste',
  subject: 'pfefferkuchenhaus',
  reply: 'kaffeesatzlesung',
  note: 'zaunkoenigsnest',
  task: 'birkenrindentee',
  customerTask: 'mondscheinsonate',
  reminder: 'glasperlenspiel',
  field: 'regenwurmfarm',
  ticketField: 'hutmachergasse',
  call: 'holunderstrauch',
  ignored: 'sauerampferwiese',
  spam: 'wacholderheide',
} as const

const LONG_AGO = new Date('2020-01-01')

let desk: Desk
let before: WholeDump
let after: WholeDump
let customerId = ''
let benId = ''
let noticeBefore: Awaited<ReturnType<typeof noticeRow>>
let run: Awaited<ReturnType<typeof erase>>

beforeAll(async () => {
  desk = await startDesk()
  await tellAll()
  before = await dumpOf(desk)
  run = await erase()
  after = await dumpOf(desk)
})
afterAll(() => desk.stop())

/** One customer everywhere: mails small and large, a file, answers, notes, tasks, fields, a call, a spam mail, and a mail of somebody else. */
async function tellAll() {
  const nora = desk.as('nora')
  const ada = desk.as('ada')
  const mail = mailAt(desk)
  const from = { from: ADDRESS, name: NAME, to: SUPPORT }
  const sent = await desk.google.customers.write({
    ...from,
    subject: `Where is my ${SECRETS.subject}`,
    text: `It says ${SECRETS.body} on the box.`,
    attachments: [
      { filename: `${SECRETS.fileName}.txt`, content: `The ${SECRETS.file} is in here.`, contentType: 'text/plain' },
    ],
  })
  const filler = randomBytes(300_000).toString('hex')
  await desk.google.customers.write({
    ...from,
    subject: 'A long one',
    text: `${SECRETS.large}\n\n${filler.replace(/.{70}/g, '$&\n')}`,
  })
  await desk.settle()
  const ticket = await mail.card(sent.messageId)
  const params = { ticketId: ticket.id }
  customerId = ticket.customer.id
  await nora.call(sendReply, { params, body: { text: `Dear ${NAME}, about the ${SECRETS.reply}: it is on its way.` } })
  await nora.call(noteTicket, { params, body: { text: `${NAME} called the ${SECRETS.note} twice.` } })
  await nora.call(makeTicketTask, { params, body: wish(`Call about ${SECRETS.task}`) })
  await nora.call(makeCustomerTask, { params: { customerId }, body: wish(`Send ${SECRETS.customerTask}`) })
  const at = new Date(desk.clock.now().getTime() + 3_600_000).toISOString()
  await nora.call(remindMe, { params, body: { at, words: `ask for ${SECRETS.reminder}` } })
  const caller = { email: ADDRESS, phone: '+49 30 5558877', name: NAME }
  const talk = { channel: 'call', minutes: 3, text: `They said ${SECRETS.call}`, subject: 'A call' } as const
  await nora.call(createContactTicket, { body: { ...talk, customer: caller } })
  for (const about of ['customer', 'ticket'] as const) {
    const field = await ada.call(createField, { body: { about, label: `Of a ${about}`, kind: 'text' } })
    const values = { values: { [field.id]: about === 'customer' ? SECRETS.field : SECRETS.ticketField } }
    if (about === 'customer') await nora.call(fillCustomerFields, { params: { customerId }, body: values })
    else await nora.call(fillTicketFields, { params, body: values })
  }
  // Somebody else's ticket on which she is named: in Cc, and in a note.
  const ben = await mail.cardOfNew({ from: 'ben@home.example', text: `My neighbour ${NAME} (${ADDRESS}) has it.` })
  benId = ben.id
  await nora.call(noteTicket, { params: { ticketId: ben.id }, body: { text: `Ask ${ADDRESS} as well.` } })
  // What became no ticket: spam, and mail of an ignored sender.
  const spam = { ...from, subject: 'Win', text: `A ${SECRETS.spam} for you` }
  await desk.google.customers.write({ ...spam, spam: true })
  await nora.call(ignoreSender, { params, body: { sure: true } })
  await desk.google.customers.write({ ...from, subject: 'Again', text: `${SECRETS.ignored}`, authentication: 'pass' })
  // A shop's notice that a rule ignores names her where no search of bytes finds her.
  const notice = {
    From: 'Shop <no-reply@shopify.com>',
    To: SUPPORT,
    Subject: 'Order #1001 placed',
    'Message-ID': NOTICE,
  }
  const body = Buffer.from(`Order of ${NAME}, ${ADDRESS}`).toString('base64')
  const encoded = { ...notice, 'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': 'base64' }
  desk.google.deliver(rawMail(encoded, body), { from: 'no-reply@shopify.com', to: [SUPPORT] })
  await desk.settle()
  noticeBefore = await noticeRow()
  await ada.call(exportCustomer, { params: { customerId } })
  await desk.settle()
}

const NOTICE = '<notice.1001@shopify.example>'

/** What stands of the notice, which no ticket holds. */
const noticeRow = (gmailId?: string) =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) =>
      tx.mailboxMail.findFirstOrThrow({
        where: { workspaceId: desk.workspaceId, ...(gmailId ? { gmailId } : { mailKey: mailKeyOf(NOTICE) }) },
        select: { gmailId: true, outcome: true, rawId: true },
      }),
    { reads: true },
  )

const wish = (words: string) => ({ words, dueOn: desk.clock.now().toISOString().slice(0, 10), assigneeId: null })

async function erase() {
  const asked = await desk.as('ada').call(eraseCustomer, {
    params: { customerId },
    body: { reason: 'customer_asked', confirmation: ADDRESS.toUpperCase() },
  })
  await desk.settle()
  return desk.as('ada').call(getForgettingRun, { params: { runId: asked.id } })
}

/** Texts by which she or her words could be found, and where they were found before. */
const needles = () => [ADDRESS, 'zwetschgenkern', '5558877', ...Object.values(SECRETS)]

test('before the erasure the search finds each of her traces, so it can fail', () => {
  expect(before.opened).toBeGreaterThan(50)
  const missing = needles().filter((needle) => before.placesOf(needle).length === 0)
  expect(missing).toEqual([])
})

test('each kind of place held something of her', () => {
  const places = needles().flatMap((needle) => before.placesOf(needle))
  const kinds = [
    'desk.customer.name',
    'desk.customer_address.email_key',
    'desk.customer_phone.phone, opened',
    'desk.message.body, opened',
    'desk.message.envelope, opened',
    'desk.message.excerpt, opened',
    'desk.attachment.name, opened',
    'desk.search_document.lexemes',
    'desk.task.words, opened',
    'desk.reminder.words, opened',
    'desk.field_value.value, opened',
    'desk.journal_entry.request, opened',
    'desk.idempotency_key.reply, opened',
    'desk.ticket.subject',
    'desk.ignored_sender.key',
  ]
  expect(kinds.filter((kind) => !places.includes(kind))).toEqual([])
  expect(places.some((place) => /^desk_parts\.raw_mail.*content, opened/.test(place))).toBe(true)
  expect(places.some((place) => /^objects\/.*opened/.test(place))).toBe(true)
})

test('after it nothing of her is left: not in the database, not among the objects, not in the lake, sealed or not', () => {
  expect(run).toMatchObject({ kind: 'erasure', state: 'done', reason: 'customer_asked', failed: 0, failures: [] })
  expect(needles().flatMap((needle) => after.placesOf(needle).map((place) => `${needle} in ${place}`))).toEqual([])
})

test('a mail that became no ticket and names her in an encoded text is gone, too', async () => {
  expect(noticeBefore).toMatchObject({ outcome: 'ignored', rawId: expect.any(String) })
  expect(await noticeRow(noticeBefore.gmailId)).toMatchObject({ outcome: 'ignored', rawId: null })
})

test('the lake holds tickets by their ids, of hers too, and the search reads it', async () => {
  expect(before.placesOf(customerId)).toContain('lake.ticket')
  expect(after.placesOf(customerId)).toContain('lake.ticket')
})

test('the report counts what was forgotten, and says who asked and why', () => {
  expect(run.by).toEqual({ kind: 'staff', id: desk.staff.ada.id })
  expect(run.counts).toMatchObject({
    customers: 1,
    attachments: 1,
    tasks: 2,
    reminders: 1,
    field_values: expect.any(Number),
    exports: 1,
  })
  expect(run.counts['tickets']).toBeGreaterThanOrEqual(2)
  expect(run.counts['elsewhere']).toBe(2)
  expect(run.counts['loose_mails']).toBeGreaterThanOrEqual(2)
})

test('the ticket of somebody else is there as before, with their own words', async () => {
  const ticket = await desk.as('nora').call(getTicket, { params: { ticketId: benId } })
  expect(ticket.customer.email).toBe('ben@home.example')
  expect(JSON.stringify(ticket)).toContain('(forgotten)')
  expect(JSON.stringify(ticket)).toContain('My neighbour')
})

test('her record is gone, and so are her tickets', async () => {
  await expect(desk.as('ada').call(getCustomer, { params: { customerId } })).rejects.toMatchObject({
    code: 'not_found',
  })
  const left = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.ticket.count({ where: { customerId } }), {
    reads: true,
  })
  expect(left).toBe(0)
})

test('everything is in the audit: who began, each ticket, the customer, the end', async () => {
  const [begun] = await desk.events('forgetting.started')
  expect(begun).toMatchObject({
    actorKind: 'staff',
    actorId: desk.staff.ada.id,
    payload: { kind: 'erasure', customerId, reason: 'customer_asked' },
  })
  expect((await desk.events('ticket.forgotten')).length).toBe(run.counts['tickets'])
  expect(await desk.events('customer.forgotten')).toMatchObject([{ payload: { customerId, runId: run.id } }])
  expect(await desk.events('forgetting.ended')).toMatchObject([{ payload: { runId: run.id, failed: 0 } }])
})

test('a resync that reads the whole mailbox again brings none of her mails back, and keeps none of their bytes', async () => {
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    // As after a new connection: nothing is known of any Gmail id, and the change feed has a hole.
    await tx.mailboxMail.deleteMany({ where: { workspaceId: tx.workspaceId } })
    await tx.mailbox.updateMany({
      where: { workspaceId: tx.workspaceId },
      data: { cursor: '1', resyncPage: null, syncedAt: LONG_AGO, createdAt: LONG_AGO },
    })
  })
  const archive = archiveOf(desk)
  for (let round = 0; round < 3; round++) await archive.poll()
  const endings = [...(await archive.endings()).values()]
  expect(endings.filter(({ reason }) => reason === 'forgotten').length).toBeGreaterThanOrEqual(3)
  const again = await dumpOf(desk)
  for (const secret of [SECRETS.body, SECRETS.large, SECRETS.file, SECRETS.ignored])
    expect(again.placesOf(secret)).toEqual([])
})
