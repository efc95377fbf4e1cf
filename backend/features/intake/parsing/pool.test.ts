import { readFile } from 'node:fs/promises'
import { afterEach, expect, test } from '@jest/globals'
import { createMailParser, type MailParser } from './pool.ts'

let parser: MailParser | undefined
afterEach(async () => {
  await parser?.close()
})

const mail = (subject: string) => Buffer.from(`Subject: ${subject}\r\n\r\ntext`)

test('many mails go through few processes, each with its own answer', async () => {
  parser = createMailParser(2)
  const { parse } = parser
  const subjects = Array.from({ length: 40 }, (_, index) => `mail ${index}`)
  const parsed = await Promise.all(subjects.map((subject) => parse(mail(subject))))
  expect(parsed.map(({ subject }) => subject)).toEqual(subjects)
})

test('a mail that the parser gives up on fails alone', async () => {
  parser = createMailParser(1)
  const parts = `--b\r\nContent-Type: text/plain\r\n\r\nx\r\n`.repeat(2_000)
  const hostile = Buffer.from(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--`)
  const results = await Promise.allSettled([parser.parse(hostile), parser.parse(mail('next'))])
  expect(results).toMatchObject([
    { status: 'rejected', reason: { name: 'ParserFailed', how: 'threw' } },
    { status: 'fulfilled', value: { subject: 'next' } },
  ])
})

test('a mail that takes too long is killed, and those that waited go on in a new process', async () => {
  parser = createMailParser(1, { timeoutMs: 1 })
  const slow = parser.parse(Buffer.from(`Content-Type: text/html\r\n\r\n${'<p>x</p>'.repeat(200_000)}`))
  await expect(slow).rejects.toMatchObject({ name: 'ParserFailed', how: 'killed' })
})

const onLinux = await readFile('/proc/self/statm').then(
  () => true,
  () => false,
)
if (onLinux)
  test('a mail that takes too much memory is killed, and the next one is read', async () => {
    parser = createMailParser(1, { memoryBytes: 400_000_000 })
    const big = Buffer.concat([Buffer.from('Content-Type: application/x\r\n\r\n'), Buffer.alloc(150_000_000, 'x')])
    const results = await Promise.allSettled([parser.parse(big), parser.parse(mail('next'))])
    expect(results).toMatchObject([
      { status: 'rejected', reason: { name: 'ParserFailed', how: 'killed' } },
      { status: 'fulfilled', value: { subject: 'next' } },
    ])
  })

test('the largest mail that Gmail takes is read', async () => {
  parser = createMailParser(1, { timeoutMs: 50_000 }) // a busy machine may need more than the usual ten seconds
  const bytes = Buffer.alloc(36_000_000, 0)
  const raw = Buffer.concat([
    Buffer.from('Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n'),
    Buffer.from(bytes.toString('base64').replace(/.{76}/g, '$&\r\n')),
  ])
  const parsed = await parser.parse(raw)
  expect(parsed.attachments.map((attachment) => attachment.bytes.byteLength)).toEqual([36_000_000])
})
