import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { archiveOf } from '../support/archive.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let desk: Desk
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk()
  archive = archiveOf(desk)
})
afterAll(() => desk.stop())

const MOST_MS = 15_000
const HEAD = 'From: mallory@elsewhere.example\r\nTo: support@fern.example\r\nSubject: large\r\n'
const HTML = 'Content-Type: text/html; charset=utf-8\r\n'
const QUOTED_PRINTABLE = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n'
const FLOWED = 'Content-Type: text/plain; charset=utf-8; format=flowed\r\n'
const withCrOnly = (mail: Buffer) => Buffer.from(mail.toString('latin1').replaceAll('\r\n', '\r'), 'latin1')
const file = (bytes: number) =>
  Buffer.concat([
    Buffer.from(`${HEAD}Content-Type: application/zip; name=large.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n`),
    Buffer.from(
      Buffer.alloc(Math.floor(bytes * 0.73), 7)
        .toString('base64')
        .replace(/.{76}/g, '$&\r\n'),
    ),
  ])
const text = (line: string, bytes: number, fields = '') =>
  Buffer.concat([Buffer.from(`${HEAD}${fields}\r\n`), Buffer.from(line.repeat(Math.floor(bytes / line.length)))])

/** Outlook's own wrapping around a text and nothing else. */
function winmail(bytes: number): Buffer {
  const head = Buffer.from('789f3e220100010c8006000000000000', 'hex').subarray(0, 15)
  head.writeUInt32LE(bytes, 11)
  const wrapped = Buffer.concat([head, Buffer.alloc(bytes, 'hello\n'), Buffer.alloc(2)]).toString('base64')
  const fields = 'Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n'
  return Buffer.from(`${HEAD}${fields}\r\n${wrapped.replace(/.{76}/g, '$&\r\n')}`)
}

test.each<[string, () => Buffer, number, RegExp]>([
  ['a file, 25 MB in all', () => file(24_900_000), 300, /^ticket$/],
  ['a file, 50 MB in all', () => file(49_900_000), 600, /^ticket$/],
  ['text of 25 MB', () => text('hello world, this is text\r\n', 24_900_000), 300, /^ticket$/],
  ['HTML of 25 MB', () => text('<p>hello <b>world</b></p>\r\n', 24_900_000, HTML), 300, /^ticket$/],
  ['quoted-printable of 24 MB in one line', () => text('=C3=BC', 24_000_000, QUOTED_PRINTABLE), 300, /^ticket$/],
  ['lines of one letter, 25 MB in all', () => text('a\n', 24_900_000), 300, /^ticket$/],
  ['empty lines, 25 MB in all', () => text('\n', 24_900_000), 300, /^ticket$/],
  ['lines that end by CRs, 25 MB in all', () => withCrOnly(text('xy\r\n', 24_900_000)), 300, /^ticket$/],
  ['characters of HTML by their numbers, 25 MB in one line', () => text('&#65;', 24_900_000, HTML), 300, /^ticket$/],
  ['text that flows, 25 MB in one line', () => text('hello ', 24_900_000, FLOWED), 300, /^ticket$/],
  ['text that flows in lines of one letter, 25 MB in all', () => text('a \r\n', 24_900_000, FLOWED), 300, /^ticket$/],
  ['a winmail.dat with text of 17 MB, 24 MB in all', () => winmail(17_000_000), 300, /^ticket$/],
  ['a winmail.dat with text of 35 MB, 48 MB in all', () => winmail(35_000_000), 600, /^ticket$/],
  [
    'lists four hundred deep',
    () => text('<p>y</p>', 600_000, `${HTML}\r\n${'<ul><li>x'.repeat(400)}`),
    300,
    /^ticket$/,
  ],
  ['lines of one letter, 50 MB in all', () => text('a\n', 49_900_000), 600, /^ticket$/],
  ['text of 50 MB', () => text('hello world, this is text\r\n', 49_900_000), 600, /^ticket$/],
  ['one line of 100 MB', () => text('x', 100_000_000), 600, /^ticket$/],
  ['HTML of 100 MB in one line', () => text('<p>hello ', 100_000_000, HTML), 600, /^ticket$/],
])(
  'a large mail ends in time and within its memory, and the next one is not late: %s',
  async (_name, make, most, outcome) => {
    const raw = make()
    let peak = 0
    const look = setInterval(() => {
      peak = Math.max(peak, ...children().map(peakOf))
    }, 20)
    const large = desk.google.deliver(raw, { from: 'mallory@elsewhere.example', to: [SUPPORT] })
    const began = performance.now()
    const after = await desk.google.customers.write({
      from: 'ada@home.example',
      to: SUPPORT,
      subject: 'After',
      text: 'hi',
    })
    await desk.settle()
    clearInterval(look)
    process.stderr.write(`${((performance.now() - began) / 1_000).toFixed(1)} s, ${(peak / 1e6).toFixed(0)} MB\n`)
    expect(performance.now() - began).toBeLessThan(MOST_MS)
    expect(peak).toBeLessThan(most * 1e6)
    expect((await archive.endingOf(archive.idOf(large)))?.outcome).toMatch(outcome)
    expect(await archive.endingOf(archive.idOf(after))).toMatchObject({ state: 'ended', outcome: 'ticket' })
  },
)

/** Parser processes of this one, where the system tells them. */
const children = (): string[] =>
  readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean),
  )

/** The most memory that a process ever had; nothing when it has just ended. */
function peakOf(pid: string): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as { code?: string }).code ?? '')) return 0
    throw error
  }
}
