import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listMessages } from '../../shared/tickets.ts'
import { mailAt } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { rawMail } from '../support/raw-mail.ts'

let desk: Desk
let mail: ReturnType<typeof mailAt>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
})
afterAll(() => desk.stop())

const PASSED =
  '---------- Forwarded message ---------\nFrom: Ada Lovell <ada@home.example>\nDate: Mon\nSubject: Jar\n\nIt broke.'

test('a mail that a colleague forwards to the desk opens the ticket of whoever wrote it, and says who passed it on', async () => {
  const bytes = rawMail({ From: 'Sam <sam@fern.example>', To: SUPPORT, Subject: 'Fwd: Jar' }, `See below\n\n${PASSED}`)
  const { messageId } = desk.google.users.send('sam@fern.example', { bytes })
  await desk.settle()
  const card = await mail.card(messageId)
  expect(card).toMatchObject({ subject: 'Jar', customer: { name: 'Ada Lovell', email: 'ada@home.example' } })
  const { items } = await desk.as('nora').call(listMessages, { params: { ticketId: card.id } })
  expect(items[0]?.notes).toEqual(['Forwarded by Sam <sam@fern.example>.'])
  expect(card.messages[0]?.notes).toEqual(items[0]?.notes) // the small card tells it, too
  expect(await customersOf('ada@home.example')).toBe(1)
})

const ENCLOSED =
  'From: =?utf-8?q?Ada_L=C3=B6vell?= <enclosed@home.example>\r\nTo: sam@fern.example\r\nSubject: Jar\r\nMessage-ID: <inner@home.example>\r\n\r\nMy jar broke.'
const withMails = (...mails: string[]) =>
  `--b\r\nContent-Type: text/plain\r\n\r\nPlease help her.\r\n${mails
    .map(
      (one) =>
        `--b\r\nContent-Type: message/rfc822; name="Jar.eml"\r\nContent-Disposition: attachment\r\n\r\n${one}\r\n`,
    )
    .join('')}--b--`
const fromSam = (subject: string, body: string) =>
  desk.google.users.send('sam@fern.example', {
    bytes: rawMail(
      {
        From: 'Sam <sam@fern.example>',
        To: SUPPORT,
        Subject: subject,
        'MIME-Version': '1.0',
        'Content-Type': 'multipart/mixed; boundary=b',
      },
      body,
    ),
  })

test.each(['Fwd: Jar', 'Jar', ''])(
  'a mail that a colleague forwards as a file opens the ticket of whoever wrote it, too: subject «%s»',
  async (subject) => {
    const inner = ENCLOSED.replace('enclosed@', `enclosed${subject.length}@`)
    const { messageId } = fromSam(subject, withMails(inner))
    await desk.settle()
    const card = await mail.card(messageId)
    expect(card).toMatchObject({
      subject: 'Jar',
      customer: { name: 'Ada Lövell', email: `enclosed${subject.length}@home.example` },
    })
    const { items } = await desk.as('nora').call(listMessages, { params: { ticketId: card.id } })
    expect(items[0]?.notes).toEqual(['Forwarded by Sam <sam@fern.example>.'])
    expect(items[0]?.text).toMatch(
      /^Please help her\.\s+-+ Forwarded message -+\nFrom: Ada Lövell .*\nSubject: Jar\n\nMy jar broke\.$/,
    )
    expect(items[0]?.attachments).toMatchObject([{ name: 'Jar.eml' }])
  },
)

test('a mail that is only shown, one of several, or one of our own people, makes nobody else the customer', async () => {
  for (const [subject, ...mails] of [
    ['See what they wrote to us', ENCLOSED],
    ['Fwd: two of them', ENCLOSED, ENCLOSED],
    ['Fwd: Jar', ENCLOSED.replace('enclosed@home.example', 'nora@fern.example')],
  ] as const) {
    const { messageId } = fromSam(subject, withMails(...mails))
    await desk.settle()
    expect(await mail.card(messageId)).toMatchObject({ customer: { email: 'sam@fern.example' } })
  }
  expect(await customersOf('enclosed@home.example')).toBe(0)
})

test('a stranger who forwards is the customer: nobody outside opens tickets in the name of others', async () => {
  const { messageId } = await desk.google.customers.write({
    from: 'mallory@home.example',
    to: SUPPORT,
    subject: 'Fwd: Jar',
    text: PASSED,
  })
  await desk.settle()
  expect(await mail.card(messageId)).toMatchObject({ customer: { email: 'mallory@home.example' } })
  const id = '<enclosing@home.example>'
  const head = { From: 'mallory@home.example', To: SUPPORT, Subject: 'Fwd: Jar', 'Message-ID': id }
  desk.google.deliver(rawMail({ ...head, 'Content-Type': 'multipart/mixed; boundary=b' }, withMails(ENCLOSED)), {
    from: 'mallory@home.example',
    to: [SUPPORT],
  })
  await desk.settle()
  expect(await mail.card(id)).toMatchObject({ customer: { email: 'mallory@home.example' } })
})

const FORGED = 'Authentication-Results'
test.each([
  ['without any proof', {}],
  [
    'with a verdict of its own below that of Google',
    { [FORGED]: 'mx.google.com; dmarc=pass header.from=fern.example' },
  ],
])(
  'a mail that only claims to be of a colleague passes nothing on: nobody else gets a ticket by it, %s',
  async (_how, headers) => {
    const id = `<forged-forward-${Object.keys(headers).length}@elsewhere.example>`
    const victim = `victim${Object.keys(headers).length}@home.example`
    desk.google.deliver(
      rawMail(
        { ...headers, From: 'Sam <sam@fern.example>', To: SUPPORT, Subject: 'Fwd: Jar', 'Message-ID': id },
        `See below\n\n${PASSED.replaceAll('ada@home.example', victim)}`,
      ),
      { from: 'mallory@elsewhere.example', to: [SUPPORT] },
    )
    await desk.settle()
    const card = await mail.card(id)
    expect(card).toMatchObject({
      subject: 'Sender not verified: Fwd: Jar',
      tags: ['unverified-sender'],
      customer: { name: 'Unknown sender' },
    })
    const { items } = await desk.as('nora').call(listMessages, { params: { ticketId: card.id } })
    expect(items).toEqual([expect.objectContaining({ notes: [] })])
    expect(await customersOf(victim)).toBe(0)
  },
)

test('a forward in an answer on a ticket opens nothing for somebody else', async () => {
  const asked = await desk.google.customers.write({
    from: 'ben@home.example',
    to: SUPPORT,
    subject: 'Jar',
    text: 'one',
  })
  await desk.settle()
  const ticket = await mail.card(asked.messageId)
  const forward = PASSED.replaceAll('ada@home.example', 'third@home.example')
  const { messageId } = desk.google.users.send('sam@fern.example', {
    bytes: rawMail(
      { From: 'Sam <sam@fern.example>', To: SUPPORT, Subject: 'Fwd: Jar', 'In-Reply-To': asked.messageId },
      `Look at this\n\n${forward}`,
    ),
  })
  await desk.settle()
  expect(await mail.card(messageId)).toMatchObject({ id: ticket.id, customer: { email: 'ben@home.example' } })
  expect(await customersOf('third@home.example')).toBe(0)
})

const customersOf = (email: string): Promise<number> =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.customer.count({ where: { workspaceId: desk.workspaceId, email } }),
    { reads: true },
  )
