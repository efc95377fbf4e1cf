import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sendReply } from '../../shared/drafts.ts'
import { getTicket, listTimeline, type TicketCardView } from '../../shared/tickets.ts'
import { clearUndeliverable } from '../../shared/undelivered.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { textOf } from '../support/panel-hands.ts'
import { rawMail } from '../support/raw-mail.ts'

let desk: Desk
let mail: ReturnType<typeof mailAt>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
})
afterAll(() => desk.stop())

const nora = () => desk.as('nora')
const cardOf = (ticketId: string) => nora().call(getTicket, { params: { ticketId } })
const wordsOf = ({ sections }: TicketCardView) => textOf({ title: '', subtitle: null, sections, say: null })

/** A customer whose question Nora answered. */
async function answered(from = someone()) {
  const asked = await mail.cardOfNew({ from, text: 'Where is it?' })
  await nora().call(sendReply, { params: { ticketId: asked.id }, body: { text: 'On its way.' } })
  await desk.settle()
  const answer = desk.google.customers.inbox(from).at(-1)?.messageId ?? ''
  return { from, id: asked.id, answer, before: await cardOf(asked.id) }
}

let reports = 0

/** A report comes in from outside. */
async function reported(headers: Record<string, string>, body: string): Promise<string> {
  await desk.travel('1 min')
  const id = `<report${++reports}@mx.out.example>`
  desk.google.deliver(
    rawMail(
      { From: 'Mail Delivery System <MAILER-DAEMON@mx.out.example>', To: SUPPORT, 'Message-ID': id, ...headers },
      body,
    ),
    { from: 'mailer-daemon@mx.out.example', to: [SUPPORT] },
  )
  await desk.settle()
  return id
}

type Told = { action?: string; status?: string; final?: string }

/** RFC 3464: words, fields, and the head of what is returned. */
function dsn(to: string, returned: string, { action = 'failed', status = '5.1.1', final = to }: Told = {}) {
  const headers = {
    Subject: 'Undelivered Mail Returned to Sender',
    'Content-Type': 'multipart/report; report-type=delivery-status; boundary=r',
    'Auto-Submitted': 'auto-replied',
  }
  const body = [
    '--r',
    'Content-Type: text/plain',
    '',
    `<${to}>: host mx.out.example said: no`,
    '--r',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.out.example',
    '',
    `Original-Recipient: rfc822;${to}`,
    `Final-Recipient: rfc822; ${final}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} no such user`,
    '--r',
    'Content-Type: text/rfc822-headers',
    '',
    `From: ${SUPPORT}`,
    `To: ${to}`,
    `Message-ID: ${returned}`,
    'Subject: Re: About my order',
    '--r--',
  ].join('\r\n')
  return [headers, body] as const
}

test('a report joins the ticket of the answer, marks the address, tells who wrote it, and reopens nothing', async () => {
  const { from, id, answer, before } = await answered()
  const report = await reported(...dsn(from, answer))
  expect((await mail.find(report))?.id).toBe(id)
  const after = await cardOf(id)
  expect(after).toMatchObject({ status: before.status, waitingSince: before.waitingSince, customer: before.customer })
  expect(wordsOf(after)).toContain(`did not arrive at ${from}: there is no such address (5.1.1).`)
  expect(wordsOf(after)).toContain(`Mail to ${from} does not arrive since`)
  const told = noticesTo(desk, 'nora').filter(({ subject }) => subject.includes('did not arrive'))
  expect(told).toHaveLength(1)
  expect(JSON.stringify(told)).not.toContain(from)
  const { items } = await nora().call(listTimeline, { params: { ticketId: id } })
  expect(items.map(({ words }) => words)).toContain('The mail did not arrive')
})

test('the same report read twice counts once', async () => {
  const { from, answer } = await answered()
  const [headers, body] = dsn(from, answer)
  await reported({ ...headers, 'Message-ID': '<twice@mx.out.example>' }, body)
  await reported({ ...headers, 'Message-ID': '<twice@mx.out.example>' }, body)
  const [first] = (await desk.events('mail.returned'))
    .filter(({ payload }) => JSON.stringify(payload).includes('failed'))
    .slice(-1)
  const same = (await desk.events('mail.returned')).filter(({ ticketId }) => ticketId === first?.ticketId)
  expect(same).toHaveLength(1)
})

test('the next mail from an address clears the mark, and so does a hand; a machine and a forger do not', async () => {
  const { from, id, answer } = await answered()
  await reported(...dsn(from, answer))
  await reported(
    { From: from, Subject: 'Automatic reply', 'Auto-Submitted': 'auto-replied', 'In-Reply-To': answer },
    'Away.',
  )
  await mail.write({ from, text: 'Send it elsewhere', inReplyTo: answer, authentication: 'fail' })
  expect(wordsOf(await cardOf(id))).toContain(`Mail to ${from} does not arrive`)
  await mail.write({ from, text: 'I am back', inReplyTo: answer })
  expect(wordsOf(await cardOf(id))).not.toContain('does not arrive since')

  const second = await answered()
  await reported(...dsn(second.from, second.answer))
  const cleared = await nora().call(clearUndeliverable, { params: { ticketId: second.id } })
  expect(wordsOf(cleared)).not.toContain('does not arrive since')
  expect(await desk.events('customer.reachable')).toHaveLength(1)
})

test('a late mail is told as late, marks nothing, and a failure afterwards takes its place', async () => {
  const { from, id, answer } = await answered()
  await reported(...dsn(from, answer, { action: 'delayed', status: '4.4.1' }))
  expect(wordsOf(await cardOf(id))).toContain(
    `is late for ${from}: the server still tries, their server does not answer (4.4.1)`,
  )
  expect(wordsOf(await cardOf(id))).not.toContain('does not arrive since')
  await reported(...dsn(from, answer, { action: 'failed', status: '4.4.7' }))
  const words = wordsOf(await cardOf(id))
  expect(words).toContain('the server gave up trying (4.4.7)')
  expect(words).not.toContain('is late')
})

test('where a server sent it on to does not hide whom we wrote to', async () => {
  const { from, id, answer } = await answered()
  await reported(...dsn(from, answer, { final: 'forwarded@elsewhere.example' }))
  expect(wordsOf(await cardOf(id))).toContain(`did not arrive at ${from}`)
})

const OLD = {
  qmail: (to: string, id: string) =>
    [
      { From: 'MAILER-DAEMON@mx.out.example', Subject: 'failure notice' },
      `Hi. This is the qmail-send program at mx.out.example.\r\n\r\n<${to}>:\r\n550 5.7.1 refused\r\n\r\n--- Below this line is a copy of the message.\r\n\r\nReturn-Path: <${SUPPORT}>\r\nTo: ${to}\r\nMessage-ID: ${id}\r\n`,
    ] as const,
  'old Gmail': (to: string, id: string) =>
    [
      {
        From: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
        Subject: 'Delivery Status Notification (Failure)',
        'X-Failed-Recipients': to,
      },
      `Delivery to the following recipient failed permanently:\r\n\r\n     ${to}\r\n\r\nThe error that the other server returned was: 550 5.7.1 refused\r\n\r\n----- Original message -----\r\nMessage-ID: ${id}\r\nTo: ${to}\r\n`,
    ] as const,
  Exchange: (to: string, id: string) =>
    [
      {
        From: 'postmaster@out.example',
        Subject: 'Undeliverable: Re: About my order',
        'Content-Type': 'multipart/mixed; boundary=x',
      },
      `--x\r\nContent-Type: text/plain\r\n\r\nYour message did not reach some recipients.\r\n\r\n  ${to}\r\n  550 5.7.1 refused\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\nFrom: ${SUPPORT}\r\nTo: ${to}\r\nMessage-ID: ${id}\r\nSubject: x\r\n\r\nOn its way.\r\n--x--`,
    ] as const,
}

test.each(Object.entries(OLD))('a report in words is understood: %s', async (_name, report) => {
  const { from, id, answer } = await answered()
  const [headers, body] = report(from, answer)
  await reported(headers, body)
  const words = wordsOf(await cardOf(id))
  expect(words).toContain(`did not arrive at ${from}: their server refuses mail from you (5.7.1).`)
  expect(words).toContain(`Mail to ${from} does not arrive`)
})

test('who forges a report that names no mail of ours marks nobody', async () => {
  const { from, id } = await answered()
  const report = await reported(...dsn(from, '<never@fern.example>'))
  expect((await mail.find(report))?.id).not.toBe(id)
  expect(wordsOf(await cardOf(id))).not.toContain('does not arrive')
})

test('a report that names a real mail of ours and a stranger marks only whom we wrote to', async () => {
  const victim = await answered()
  const { id, answer, from } = await answered()
  await reported(...dsn(victim.from, answer))
  expect(wordsOf(await cardOf(victim.id))).not.toContain('does not arrive')
  expect(wordsOf(await cardOf(id))).toContain(`did not arrive at ${from}`)
})

test('a report that names several recipients is told of each that we wrote to, and marks only those who failed', async () => {
  const { from, id, answer } = await answered()
  const [headers, body] = dsn(from, answer)
  const group = (to: string, action: string, status: string) =>
    [`Final-Recipient: rfc822; ${to}`, `Action: ${action}`, `Status: ${status}`, ''].join('\r\n')
  const others = `${group('late@out.example', 'delayed', '4.4.1')}\r\n${group('stranger@out.example', 'failed', '5.1.1')}`
  const first = 'Reporting-MTA: dns; mx.out.example\r\n\r\n'
  await reported(headers, body.replace(first, `${first}${others}\r\n`))
  const words = wordsOf(await cardOf(id))
  expect(words).toContain(`did not arrive at ${from}: there is no such address (5.1.1).`)
  expect(words).toContain(`Mail to ${from} does not arrive since`)
  expect(words).not.toContain('stranger@out.example')
  expect(words).not.toContain('late@out.example')
  expect((await desk.events('mail.returned')).filter(({ ticketId }) => ticketId === id)).toHaveLength(1)
})

test.each([
  ['mail@lovell.example', 'Delivery delayed: where is my parcel?'],
  ['admin@turing.example', 'Delivery failure'],
  ['mail@hopper.example', 'Mail returned, my address is another one'],
])('%s is a person and heard, whatever the subject: %s', async (address, subject) => {
  const { from, id, answer } = await answered(address)
  await reported(
    { From: from, Subject: subject, 'In-Reply-To': answer },
    'The courier could not be reached. Please send it to my neighbour, anna@out.example.',
  )
  const after = await cardOf(id)
  expect(after.status).toBe('open')
  expect(wordsOf(after)).not.toContain('does not arrive')
})

test.each([
  [
    'a gateway that passes on another server’s report',
    (to: string, id: string) => {
      const [headers, body] = dsn(to, id)
      const inner = [`Content-Type: ${headers['Content-Type']}`, 'Message-ID: <inner@mx.out.example>', '', body]
      return [
        { ...headers, 'Content-Type': 'multipart/mixed; boundary=g' },
        `--g\r\nContent-Type: message/rfc822\r\n\r\n${inner.join('\r\n')}\r\n--g--`,
      ] as const
    },
  ],
  [
    'a filter that rejects by a receipt',
    (to: string, id: string) =>
      [
        {
          From: 'Mail Delivery Subsystem <admin@out.example>',
          Subject: 'Automatically rejected mail',
          'Auto-Submitted': 'auto-replied (rejected)',
          'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=r',
        },
        `--r\r\nContent-Type: text/plain\r\n\r\nYour message to <${to}> was automatically rejected.\r\n--r\r\nContent-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; ${to}\r\nOriginal-Message-ID: ${id}\r\nDisposition: automatic-action/MDN-sent-automatically; deleted\r\n--r--`,
      ] as const,
  ],
  [
    'a virus gateway, in words',
    (to: string, id: string) =>
      [
        { From: 'Mail_Antivirus_Gateway@out.example', Subject: 'Delivery failure notification' },
        `Your message could not be delivered to the following recipients:\r\n\r\n"${to}"\r\n\r\nThe original message follows\r\nMessage-ID: ${id}\r\n`,
      ] as const,
  ],
])('a report is understood: %s', async (_name, report) => {
  const { from, id, answer } = await answered()
  const [headers, body] = report(from, answer)
  await reported(headers, body)
  expect(wordsOf(await cardOf(id))).toContain(`did not arrive at ${from}`)
})

test('a receipt that says it was read is no failure', async () => {
  const { from, id, answer } = await answered()
  const body = `--r\r\nContent-Type: text/plain\r\n\r\nRead.\r\n--r\r\nContent-Type: message/disposition-notification\r\n\r\nOriginal-Message-ID: ${answer}\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n--r--`
  await reported(
    {
      From: from,
      Subject: 'Read: x',
      'In-Reply-To': answer,
      'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=r',
    },
    body,
  )
  const after = await cardOf(id)
  expect(wordsOf(after)).not.toContain('did not arrive')
  expect(after.status).toBe('pending')
})

test.each([
  ['RFC 3834', { 'Auto-Submitted': 'auto-replied (vacation)' }],
  ['Exchange', { 'X-Auto-Response-Suppress': 'All' }],
  ['an inbox rule of Exchange', { 'X-MS-Exchange-Inbox-Rules-Loop': 'x@out.example' }],
  ['an old autoresponder', { 'X-Autoreply': 'yes' }],
  ['cPanel', { 'X-Autorespond': 'Re: x' }],
  ['Precedence', { Precedence: 'auto_reply' }],
  ['Domino', { 'X-Mail-Autoreply': 'yes' }],
])('an automatic answer reopens nothing: %s', async (_name, headers) => {
  const { from, id, answer } = await answered()
  const away = await reported({ From: from, Subject: 'Re: x', 'In-Reply-To': answer, ...headers }, 'I am away.')
  expect((await mail.find(away))?.id).toBe(id)
  expect((await cardOf(id)).status).toBe('pending')
})

test('a subject is believed with a Return-Path that wants no answer, where no group wrote its own over it', async () => {
  const { from, id, answer } = await answered()
  desk.google.deliver(
    rawMail(
      {
        From: from,
        To: SUPPORT,
        'Message-ID': '<away@out.example>',
        Subject: 'Abwesenheitsnotiz: x',
        'In-Reply-To': answer,
      },
      'Weg.',
    ),
    { from: '', to: ['archive@fern.example'] },
  )
  await desk.settle()
  expect((await mail.find('<away@out.example>'))?.id).toBe(id)
  expect((await cardOf(id)).status).toBe('pending')
})

test('a subject alone is a weak sign: the customer is heard', async () => {
  const { from, id, answer } = await answered()
  await reported(
    { From: from, Subject: 'Out of office all week, please hurry', 'In-Reply-To': answer },
    'Please hurry.',
  )
  expect((await cardOf(id)).status).toBe('open')
})
