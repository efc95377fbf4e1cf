import { expect, test } from '@jest/globals'
import { readMail } from './reading.ts'

const mailOf = (...lines: string[]) => Buffer.from(lines.join('\r\n'))
const calendar = (...lines: string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...lines.slice(0, 1),
    'BEGIN:VEVENT',
    ...lines.slice(1),
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n')

test('an invitation says in the ticket what it is about, when, where, and who asks', async () => {
  const mail = await readMail(
    mailOf(
      'Subject: Invitation',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Please come.',
      '--b',
      'Content-Type: text/calendar; method=REQUEST; name=invite.ics',
      '',
      calendar(
        'METHOD:REQUEST',
        'UID:1',
        'DTSTART;TZID=Europe/Berlin:20261103T100000',
        'DTEND;TZID=Europe/Berlin:20261103T110000',
        'SUMMARY:Broken jar\\, second call',
        'LOCATION:Room 4',
        'ORGANIZER;CN=Ada Lovell:mailto:ada@home.example',
      ),
      '--b--',
    ),
  )
  expect(mail.text.trim()).toBe(
    [
      'Please come.',
      '',
      'Invitation: Broken jar, second call',
      'When: 2026-11-03 10:00 (Europe/Berlin) to 2026-11-03 11:00 (Europe/Berlin)',
      'Where: Room 4',
      'Organiser: Ada Lovell <ada@home.example>',
    ].join('\n'),
  )
  expect(mail.attachments).toMatchObject([{ name: 'invite.ics', contentType: 'text/calendar' }])
  expect(mail.calendarMethod).toBe('REQUEST')
})

test.each([
  [
    'an answer',
    calendar('METHOD:REPLY', 'SUMMARY:Call', 'ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example'),
    'Answer: declined',
  ],
  ['a cancellation', calendar('METHOD:CANCEL', 'SUMMARY:Call'), 'Invitation cancelled: Call'],
  ['a whole day', calendar('METHOD:REQUEST', 'SUMMARY:Day', 'DTSTART;VALUE=DATE:20261103'), 'When: 2026-11-03'],
])('a calendar of another kind is told as such: %s', async (_name, ics, words) => {
  expect((await readMail(mailOf('Content-Type: text/calendar', '', ics))).text).toContain(words)
})

test('a calendar that nobody can read stays a file', async () => {
  const mail = await readMail(
    mailOf('Content-Type: text/calendar; name=x.ics', '', 'BEGIN:VCALENDAR\r\nEND:VEVENT\r\n:::'),
  )
  expect(mail.attachments).toMatchObject([{ name: 'x.ics' }])
  expect(mail.text).toBe('')
})

test('text that flows is put together again, with and without the space of the break', async () => {
  const flowed = (more: string) =>
    mailOf(`Content-Type: text/plain; format=flowed${more}`, '', 'one \r\ntwo\r\nthree \r\nfour')
  expect((await readMail(flowed(''))).text).toBe('one two\nthree four')
  expect((await readMail(flowed('; delsp=yes'))).text).toBe('onetwo\nthreefour')
})

test('what is signed or encrypted by PGP or S/MIME is said, and its parts are kept', async () => {
  const signed = await readMail(
    mailOf(
      'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Signed words',
      '--b',
      'Content-Type: application/pkcs7-signature; name=smime.p7s',
      '',
      'xxxx',
      '--b--',
    ),
  )
  expect(signed).toMatchObject({ text: 'Signed words', attachments: [{ name: 'smime.p7s' }] })
  expect(signed.notes).toEqual([expect.stringContaining('Signed by S/MIME')])
  const armoured = await readMail(mailOf('', '-----BEGIN PGP MESSAGE-----', '', 'abc', '-----END PGP MESSAGE-----'))
  expect(armoured.notes).toEqual([expect.stringContaining('Encrypted by PGP')])
  const encrypted = await readMail(
    mailOf(
      'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
      '',
      '--b',
      'Content-Type: application/pgp-encrypted',
      '',
      'Version: 1',
      '--b',
      'Content-Type: application/octet-stream; name=encrypted.asc',
      '',
      '-----BEGIN PGP MESSAGE-----',
      '--b--',
    ),
  )
  expect(encrypted.text).toContain('Encrypted by PGP')
  expect(encrypted.attachments.map(({ name }) => name)).toContain('encrypted.asc')
})

test('a From that is broken gives its address all the same, and one that is none gives nobody', async () => {
  expect((await readMail(mailOf('From: Ada Lovell ada@home.example (work)', '', 'x'))).from?.address).toBe(
    'ada@home.example',
  )
  expect((await readMail(mailOf('From: jürgen@grün.example', '', 'x'))).from?.address).toMatch(/@/)
  expect((await readMail(mailOf('From: undisclosed', '', 'x'))).from).toBe(null)
})

test('names and subjects are one line and turn nothing around', async () => {
  const mail = await readMail(
    mailOf(
      `From: =?utf-8?b?${Buffer.from('Ada \u202Emoc.evil@x\u202C 🧡').toString('base64')}?= <ada@home.example>`,
      `Subject: =?utf-8?b?${Buffer.from('Hello\r\nBcc: all@shop.example').toString('base64')}?=`,
      '',
      'x',
    ),
  )
  expect(mail.from?.name).toBe('Ada moc.evil@x 🧡')
  expect(mail.subject).toBe('Hello Bcc: all@shop.example')
})

test.each([
  ['Cyrillic', 'windows-1251', 'Здравствуйте, где мой заказ? Он должен был прийти вчера.'],
  ['Chinese', 'gb18030', '您好,我的订单在哪里?它应该昨天就到了。请尽快回复我,谢谢您的帮助。'],
  ['Japanese', 'shift_jis', 'こんにちは。私の注文はどこですか。昨日届くはずでした。よろしくお願いします。'],
])('text and subject in %s are read without a declaration', async (_name, charset, words) => {
  const bytes = encoded(words, charset)
  const mail = await readMail(Buffer.concat([Buffer.from('Subject: '), bytes, Buffer.from('\r\n\r\n'), bytes]))
  expect(mail.text).toBe(words)
  expect(mail.subject).toBe(words)
})

test('a raw byte inside an encoded word is in the charset of that word', async () => {
  const raw = Buffer.from('Subject: =?iso-8859-1?Q?Gr\xfc=DFe?=\r\n\r\nx', 'latin1')
  expect((await readMail(raw)).subject).toBe('Grüße')
})

/** The way back from a decoder, which is all that the platform has: every character is looked up. */
function encoded(words: string, charset: string): Buffer {
  const decoder = new TextDecoder(charset)
  const table = new Map<string, number[]>()
  for (let high = 0; high < 256; high++) {
    table.set(decoder.decode(Uint8Array.of(high)), [high])
    for (let low = 0x40; high > 0x80 && low < 256; low++) {
      const character = decoder.decode(Uint8Array.of(high, low))
      if ([...character].length === 1 && !table.has(character)) table.set(character, [high, low])
    }
  }
  return Buffer.from([...words].flatMap((character) => table.get(character) ?? []))
}
