import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createMailParser, type MailParser } from '../../backend/features/intake/parsing/pool.ts'
import { sendReply } from '../../shared/drafts.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let desk: Desk
let archive: ReturnType<typeof archiveOf>
let mail: ReturnType<typeof mailAt>
let patient: MailParser
beforeAll(async () => {
  desk = await startDesk()
  patient = createMailParser(1, { timeoutMs: 60_000 }) // none of these mails may depend on how fast a machine is
  Object.assign(desk.ctx, { mailParser: patient })
  archive = archiveOf(desk)
  mail = mailAt(desk)
})
afterAll(async () => {
  await patient.close()
  await desk.stop()
})

/** A mail may take this long on a slow machine, whatever it holds; the mail behind it comes right after. */
const MOST_MS = 120_000

const HEAD = 'From: mallory@elsewhere.example\r\nTo: support@fern.example\r\n'
const nested = (depth: number) => {
  const levels = Array.from(
    { length: depth },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  )
  return `${HEAD}Subject: nested\r\n${levels.join('')}Content-Type: text/plain\r\n\r\nx`
}
const parts = (count: number, type: string) =>
  `${HEAD}Subject: parts\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${`--b\r\nContent-Type: ${type}\r\n\r\nx\r\n`.repeat(count)}--b--`
const people = Array.from({ length: 20_000 }, (_, at) => `"Person ${at}" <person${at}@home.example>`)
const words = Array.from({ length: 300_000 }, (_, at) => (at * 7_919).toString(36)).join(' ')

test.each<[string, string | Buffer, RegExp]>([
  ['ten thousand parts', parts(10_000, 'text/plain'), /^quarantined$/],
  ['nine hundred files', parts(900, 'application/x-thing'), /^ticket$/],
  ['nesting five thousand deep', nested(5_000), /^quarantined$/],
  ['twenty thousand recipients', `${HEAD}Subject: many\r\nCc: ${people.join(',\r\n ')}\r\n\r\nhello`, /^ticket$/],
  [
    'a header of three megabytes',
    `${HEAD}Subject: large\r\nX-Large: ${'x'.repeat(3_000_000)}\r\n\r\nhello`,
    /^ticket$/,
  ],
  ['more lexemes than PostgreSQL takes', `${HEAD}Subject: words\r\n\r\n${words}`, /^ticket$/],
  ['one word longer than PostgreSQL takes', `${HEAD}Subject: word\r\n\r\n${'w'.repeat(1_000_000)}`, /^ticket$/],
  [
    'zero bytes everywhere',
    `From: a\0b@elsewhere.example\r\nSubject: ze\0ro\r\n\r\nze\0ro\0`,
    /^(ticket|quarantined)$/,
  ],
  ['the year 0', `${HEAD}Subject: y0\r\nDate: Mon, 1 Jan 0000 00:00:00 +0000\r\n\r\nhello`, /^ticket$/],
  ['the year 9999', `${HEAD}Subject: y9999\r\nDate: Fri, 31 Dec 9999 23:59:59 -1200\r\n\r\nhello`, /^ticket$/],
  ['a date that is none', `${HEAD}Subject: no date\r\nDate: the day after tomorrow\r\n\r\nhello`, /^ticket$/],
  [
    'HTML a hundred thousand deep',
    `${HEAD}Subject: deep\r\nContent-Type: text/html\r\n\r\n${'<div>'.repeat(100_000)}hello`,
    /^ticket$/,
  ],
  [
    'two thousand quotes within each other',
    `${HEAD}Subject: deep quotes\r\nContent-Type: text/html\r\n\r\n${'<blockquote><p>hello</p>'.repeat(2_000)}`,
    /^ticket$/,
  ],
  [
    'fifty thousand links',
    `${HEAD}Subject: links\r\nContent-Type: text/html\r\n\r\n${'<a href="https://x.example/">y</a>'.repeat(50_000)}`,
    /^ticket$/,
  ],
  [
    'quoting without end',
    `${HEAD}Subject: quotes\r\n\r\nnew\r\n${'> On 1 May 2026 at 10:00, a@b.example wrote:\r\n'.repeat(100_000)}`,
    /^ticket$/,
  ],
  [
    'a file that would unpack to far more',
    Buffer.concat([
      Buffer.from(
        `${HEAD}Subject: zip\r\nContent-Type: application/zip; name=bomb.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n`,
      ),
      zipBomb(),
    ]),
    /^ticket$/,
  ],
  ['nothing', '', /^ticket$/],
  [
    'bytes at random',
    Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * 48_271) % 251)),
    /^(ticket|quarantined)$/,
  ],
])(
  'a hostile mail ends as a ticket or in quarantine, and the next one is not late: %s',
  async (_name, raw, outcome) => {
    const began = performance.now()
    const hostile = desk.google.deliver(Buffer.from(raw as string), {
      from: 'mallory@elsewhere.example',
      to: [SUPPORT],
    })
    const after = await desk.google.customers.write({
      from: 'ada@home.example',
      to: SUPPORT,
      subject: 'After it',
      text: 'hello',
    })
    await desk.settle()
    expect(performance.now() - began).toBeLessThan(MOST_MS)
    expect((await archive.endingOf(archive.idOf(hostile)))?.outcome).toMatch(outcome)
    expect(await archive.endingOf(archive.idOf(after))).toMatchObject({ state: 'ended', outcome: 'ticket' })
  },
)

test('a subject that would be more headers stays one line in the ticket and in our answer', async () => {
  const subject = `=?utf-8?b?${Buffer.from('Hello\r\nBcc: all@elsewhere.example\r\n\r\nNew body').toString('base64')}?=`
  const messageId = '<injected@elsewhere.example>'
  desk.google.deliver(
    Buffer.from(
      `From: injected@home.example\r\nTo: ${SUPPORT}\r\nSubject: ${subject}\r\nMessage-ID: ${messageId}\r\n\r\nhello`,
    ),
    { from: 'ada@home.example', to: [SUPPORT] },
  )
  await desk.settle()
  const card = await mail.card(messageId)
  expect(card).toMatchObject({ subject: 'Hello Bcc: all@elsewhere.example New body' })
  await desk.as('nora').call(sendReply, { params: { ticketId: card.id }, body: { text: 'Our answer.' } })
  await desk.settle()
  expect(desk.google.customers.inbox('all@elsewhere.example')).toEqual([])
  expect(desk.google.customers.inbox('injected@home.example')).toEqual([
    expect.objectContaining({
      text: expect.stringContaining('Our answer.'),
      subject: expect.stringContaining('Bcc: all@'),
    }),
  ])
})

test('a name with emoji stays, and one that turns the direction of text does not turn ours', async () => {
  const name = Buffer.from('Ada 🧡 \u202Eknab ruoy').toString('base64')
  const messageId = '<turned@elsewhere.example>'
  desk.google.deliver(
    Buffer.from(
      `From: =?utf-8?b?${name}?= <turner@home.example>\r\nTo: ${SUPPORT}\r\nSubject: x\r\nMessage-ID: ${messageId}\r\n\r\nhello`,
    ),
    { from: 'turner@home.example', to: [SUPPORT] },
  )
  await desk.settle()
  expect((await mail.card(messageId)).customer).toEqual(expect.objectContaining({ name: 'Ada 🧡 knab ruoy' }))
})

/** Ten kilobytes that say that they are four gigabytes: nothing of ours opens it. */
function zipBomb(): Buffer {
  const zip = Buffer.alloc(10_000)
  zip.write('PK\x03\x04', 0, 'latin1')
  zip.writeUInt32LE(0xffffffff, 22)
  return Buffer.from(zip.toString('base64').replace(/.{76}/g, '$&\r\n'))
}
