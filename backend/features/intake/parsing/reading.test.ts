import { expect, test } from '@jest/globals'
import { readMail } from './reading.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const lines = (...all: string[]) => Buffer.from(all.join('\r\n'))

test('a plain mail says who wrote what, and what it answers', async () => {
  const mail = await readMail(
    lines(
      'From: "Ada Lovelace" <ada@example.com>',
      'To: Shop <support@shop.example>, other@shop.example',
      'Subject: =?utf-8?q?Where_is_my_order=3F?=',
      'Message-ID: <one@example.com>',
      'In-Reply-To: <zero@shop.example>',
      'References: <minus@shop.example>',
      ' <zero@shop.example>',
      '',
      'It did not come.',
      '',
      'On Mon, 2 Nov 2026 at 10:00, Shop <support@shop.example> wrote:',
      '> It is on its way.',
    ),
  )
  expect(mail).toMatchObject({
    messageId: '<one@example.com>',
    subject: 'Where is my order?',
    from: { name: 'Ada Lovelace', address: 'ada@example.com' },
    to: [{ address: 'support@shop.example' }, { address: 'other@shop.example' }],
    excerpt: 'It did not come.',
    headers: { 'in-reply-to': ['<zero@shop.example>'], references: ['<minus@shop.example> <zero@shop.example>'] },
  })
  expect(mail.text).toContain('> It is on its way.')
})

test.each([
  ['UTF-8 that says it is Big5', Buffer.from('Content-Type: text/plain; charset=big5\r\n\r\nGrüße 你好'), 'Grüße 你好'],
  ['Latin-1 that says nothing', latin1('Subject: x\r\n\r\nGr\xfc\xdfe'), 'Grüße'],
  ['Latin-1 that says it is UTF-8', latin1('Content-Type: text/plain; charset=utf-8\r\n\r\nGr\xfc\xdfe'), 'Grüße'],
  ['Windows-1252 as declared', latin1('Content-Type: text/plain; charset=windows-1252\r\n\r\n\x80 10'), '€ 10'],
  [
    'Shift_JIS as declared',
    Buffer.concat([
      Buffer.from('Content-Type: text/plain; charset=shift_jis\r\n\r\n'),
      Buffer.from([0x93, 0xfa, 0x96, 0x7b]),
    ]),
    '日本',
  ],
  [
    'ISO-2022-JP, which looks like ASCII',
    latin1('Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$BF|K\\\x1b(B'),
    '日本',
  ],
  ['UTF-7, which looks like ASCII', latin1('Content-Type: text/plain; charset=utf-7\r\n\r\nGr+APwA3w-e'), 'Grüße'],
  ['a charset that nobody knows', latin1('Content-Type: text/plain; charset=x-klingon\r\n\r\nGr\xfc\xdfe'), 'Grüße'],
])('text is read right: %s', async (_name, raw, text) => {
  expect((await readMail(raw)).text.trim()).toBe(text)
})

test('raw 8-bit headers are read, as UTF-8 or else as Windows-1252', async () => {
  expect((await readMail(Buffer.from('Subject: Grüße\n\nx'))).subject).toBe('Grüße')
  expect(await readMail(latin1('Subject: Gr\xfc\xdfe\nFrom: J\xfcrgen <j@example.com>\n\nx'))).toMatchObject({
    subject: 'Grüße',
    from: { name: 'Jürgen', address: 'j@example.com' },
  })
})

test('an mbox line, lone CRs and a mail of CRs only do not hide the headers', async () => {
  expect(
    (await readMail(Buffer.from('From ada@example.com Mon Nov  2 10:00:00 2026\nSubject: one\n\nx'))).subject,
  ).toBe('one')
  expect(await readMail(Buffer.from('From: a@example.com\rSubject: two\n\nx'))).toMatchObject({
    subject: 'two',
    from: { address: 'a@example.com' },
  })
  expect(await readMail(Buffer.from('Subject: three\r\rText'))).toMatchObject({ subject: 'three', text: 'Text' })
})

test('attachments keep every byte and get a name when they have none', async () => {
  const bytes = Buffer.from(Array.from({ length: 2_000 }, (_, index) => (index * 7) % 256))
  const mail = await readMail(
    lines(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/html',
      '',
      '<p>See <img src="cid:pic@x"></p>',
      '--b',
      'Content-Type: image/png',
      'Content-ID: <pic@x>',
      'Content-Transfer-Encoding: base64',
      '',
      bytes.toString('base64'),
      '--b',
      'Content-Type: application/pdf; name="../../in/voice.pdf"',
      'Content-Disposition: attachment; filename="../../in/voice.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      bytes.toString('base64'),
      '--b--',
    ),
  )
  expect(mail.text).toContain('See')
  expect(mail.attachments).toMatchObject([
    { name: 'image-1.png', contentType: 'image/png', contentId: 'pic@x', inline: true },
    { name: '.._.._in_voice.pdf', contentType: 'application/pdf', contentId: null, inline: false },
  ])
  expect(mail.attachments.every((attachment) => Buffer.from(attachment.bytes ?? []).equals(bytes))).toBe(true)
})

test('HTML that would break a layout tree still gives its text', async () => {
  const deep = `${'<div>'.repeat(5_000)}hello${'</div>'.repeat(5_000)}`
  expect((await readMail(Buffer.from(`Content-Type: text/html\r\n\r\n${deep}`))).text).toContain('hello')
  const links = '<a href="https://example.com/x">y</a> '.repeat(6_000)
  expect((await readMail(Buffer.from(`Content-Type: text/html\r\n\r\n${links}`))).text).not.toContain('example.com')
})

/** Of this process, in milliseconds: others at work on the machine take no part in it. */
const computed = () => process.cpuUsage().user / 1_000

const html = (text: string) => Buffer.from(`Content-Type: text/html\r\n\r\n${text}`)

test('quotes within quotes without end give each of their lines once, and at once', async () => {
  const quotes = Array.from({ length: 2_000 }, (_, at) => `<blockquote><p>Answer ${at}.</p>`).join('')
  const began = computed()
  const { text } = await readMail(html(quotes))
  expect(computed() - began).toBeLessThan(10_000)
  expect(text.length).toBeLessThan(quotes.length)
  for (const at of [0, 999, 1_999]) expect(text).toContain(`Answer ${at}.\n`)
})

test('lists within lists without end give each of their lines once, and at once', async () => {
  const lists = `${'<ul><li>Point'.repeat(400)}${'<p>And more.</p>'.repeat(36_000)}`
  const began = computed()
  const { text } = await readMail(html(lists))
  expect(computed() - began).toBeLessThan(10_000)
  expect(text.length).toBeLessThan(lists.length)
  expect(text.match(/Point/g)).toHaveLength(400)
  expect(text.match(/And more\./g)).toHaveLength(36_000)
})

test('a report of nothing but dashes takes no time', async () => {
  const began = computed()
  await readMail(lines('From: mailer-daemon@x.example', 'Subject: failure notice', '', '-'.repeat(64_000)))
  expect(computed() - began).toBeLessThan(1_000)
})

test('pictures that stand in the HTML itself are no text', async () => {
  const picture = `<p>Broken, see</p><img src="data:image/png;base64,${'iVBO'.repeat(400_000)}"><p>the lid.</p>`
  expect((await readMail(html(picture))).text.split(/\s+/)).toEqual(['Broken,', 'see', 'the', 'lid.'])
})

test('long HTML is read as far as long text is, its lines stay lines, and the note says that it was cut', async () => {
  const line = '<div class="a">The lid is <b>broken</b>.</div>\r\n'
  const whole = await readMail(html(line.repeat(120_000)))
  expect(whole.notes).toEqual([])
  expect(whole.text.match(/broken/g)).toHaveLength(120_000)
  expect(whole.text.split('\n').length).toBeGreaterThan(120_000)
  expect((await readMail(html(line.repeat(130_000)))).notes).toEqual([
    expect.stringContaining('Only the beginning of its text'),
  ])
})

test('long HTML has the characters that it writes by name and number, as short HTML has', async () => {
  const said = 'Gr&uuml;&szlig;e &amp;uuml; &nbsp;5&#8364; &#x1F9E1; &rsquo;tis &hellip; &bogus; &#0; &#xD800; &copy;'
  const [short, long] = await Promise.all(
    ['', '<p>padding</p>\r\n'.repeat(80_000)].map((more) =>
      readMail(lines('Content-Type: text/html; charset=utf-8', '', `<p>${said}</p>${more}`)),
    ),
  )
  const first = (mail = short) => mail?.text.split('\n')[0]?.replace(/\s+/g, ' ').trim()
  expect(first()).toBe('Grüße &uuml; 5€ 🧡 ’tis … &bogus; \uFFFD \uFFFD ©')
  expect(first(long)).toBe(first())
})

test('a million names of characters that are none take no time', async () => {
  const names = Array.from({ length: 1_000_000 }, (_, at) => `&n${at.toString(36)};`).join('')
  const began = computed()
  const mail = await readMail(lines('Content-Type: text/html', '', names))
  expect(mail.text).toContain('&n1;')
  expect(computed() - began).toBeLessThan(30_000)
})

test('millions of short lines are cut earlier than letters, because each line takes memory of its own', async () => {
  const mail = await readMail(
    Buffer.concat([Buffer.from('Subject: lines\r\n\r\n'), Buffer.from('a\n'.repeat(1_000_000))]),
  )
  expect(mail.text.split('\n').length).toBeLessThan(310_000)
  expect(mail.text.length).toBeGreaterThan(500_000)
  expect(mail.notes).toEqual([expect.stringContaining('very long')])
})

test('what PostgreSQL cannot hold is taken out: NUL, halves of characters, addresses of any length', async () => {
  const mail = await readMail(
    Buffer.from(`Subject: a\u0000b\r\nFrom: ${'x'.repeat(4_000)}@example.com\r\n\r\nc\u0000d`),
  )
  expect(mail).toMatchObject({ subject: 'ab', text: 'cd', from: null })
})

test('nothing at all is a mail without anything', async () => {
  expect(await readMail(Buffer.alloc(0))).toMatchObject({
    messageId: null,
    subject: '',
    from: null,
    text: '',
    attachments: [],
  })
})
