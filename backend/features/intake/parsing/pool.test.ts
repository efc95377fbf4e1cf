import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterEach, expect, test } from '@jest/globals'
import type { Take } from './conversation.ts'
import { createMailParser, type MailParser } from './pool.ts'

let parser: MailParser | undefined
afterEach(async () => {
  await parser?.close()
})

const onLinux = await readFile('/proc/self/statm').then(
  () => true,
  () => false,
)

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

test('a mail that takes too long is killed', async () => {
  parser = createMailParser(1, { timeoutMs: 1 })
  const { parse } = parser
  const slow = Buffer.from(`Content-Type: text/html\r\n\r\n${'<p>x</p>'.repeat(1_000_000)}`)
  const ends: string[] = []
  while (ends.length < 20 && !ends.includes('killed'))
    ends.push(
      await parse(slow).then(
        () => 'read while nobody looked at the time',
        ({ how }) => how,
      ),
    )
  expect(ends).toContain('killed')
})

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
  expect(parsed.attachments.map((attachment) => attachment.bytes?.byteLength)).toEqual([36_000_000])
})

const withFiles = (...contents: Buffer[]) =>
  Buffer.from(
    `Subject: files\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${contents
      .map(
        (content, at) =>
          `--b\r\nContent-Type: application/x; name=${at}\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64')}\r\n`,
      )
      .join('')}--b--`,
  )

/** The first is far larger than what one piece can become when its reader is slow and pieces gather. */
const FILES = [Buffer.alloc(5_000_000, 1), Buffer.alloc(5, 2), Buffer.alloc(0), Buffer.alloc(70_000, 3)]

test('attachments come out of the mail one after another, in pieces, and are not in the answer', async () => {
  parser = createMailParser(1)
  const taken: { name: string; bytes: Buffer; pieces: number }[] = []
  const take: Take = async ({ name }, content) => {
    const pieces: Uint8Array[] = []
    for await (const piece of content) pieces.push(piece)
    taken.push({ name, bytes: Buffer.concat(pieces), pieces: pieces.length })
  }
  const { attachments } = await parser.parse(withFiles(...FILES), take)
  expect(attachments.map(({ name, bytes }) => ({ name, bytes }))).toEqual(
    taken.map(({ name }) => ({ name, bytes: null })),
  )
  expect(taken.map(({ bytes }, at) => bytes.equals(FILES[at] ?? Buffer.alloc(1)))).toEqual([true, true, true, true])
  expect(taken[0]?.pieces).toBeGreaterThan(1)
})

test('what is not wanted is read no further, and the mail is read to its end', async () => {
  parser = createMailParser(1)
  const taken: number[] = []
  const take: Take = async (_head, content) => {
    if (taken.push(0) === 2) return // does not even begin
    for await (const piece of content) {
      taken[taken.length - 1] = piece.length
      break
    }
  }
  const mail = await parser.parse(withFiles(...FILES), take)
  expect(mail.attachments).toHaveLength(4)
  expect(taken[0]).toBeLessThan(5_000_000)
  expect(taken[1]).toBe(0)
})

test('a disk that is full while an attachment is written fails the mail, and the next one is read', async () => {
  parser = createMailParser(1)
  const full = parser.parse(withFiles(...FILES), async () => {
    throw new Error('ENOSPC')
  })
  await expect(full).rejects.toThrow('ENOSPC')
  expect((await parser.parse(mail('next'))).subject).toBe('next')
})

test('the time that writing an attachment takes is not counted as the time of the mail', async () => {
  parser = createMailParser(1, { timeoutMs: 5_000 }) // a busy machine needs seconds to start the process
  const parsed = await parser.parse(withFiles(Buffer.alloc(10)), async (_head, content) => {
    for await (const _piece of content) await new Promise((resolve) => setTimeout(resolve, 5_500))
  })
  expect(parsed.attachments).toHaveLength(1)
})

/** A program of its own, in which nothing but the parser could keep the process running. */
const PROGRAM = `
  const { createMailParser } = await import(${JSON.stringify(new URL('./pool.ts', import.meta.url).href)})
  const parser = createMailParser(1)
  const { subject } = await parser.parse(Buffer.from('Subject: Hello\\n\\nWorld'))
  await parser.close()
  console.log('closed after', subject)
`

test('a parser whose processes all rest can be closed by a program that has nothing else to do', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', PROGRAM])
  expect(stdout.trim()).toBe('closed after Hello')
})
