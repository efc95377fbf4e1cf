import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'
import { QuotedPrintable } from '../../backend/features/intake/parsing/quoted-printable.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'

const decodedIn = (pieces: readonly Buffer[]) => buffer(Readable.from(pieces).pipe(new QuotedPrintable()))
const inPieces = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))

test.each([
  ['an escape', 'Gr=C3=BC=c3=9fe', 'Grüße'],
  ['a line that goes on', 'one =\r\ntwo=\nthree', 'one twothree'],
  ['a line that goes on behind spaces', 'one= \t\r\ntwo', 'onetwo'],
  ['spaces at the end of lines', 'one \t \r\ntwo  \nthree  ', 'one\r\ntwo\nthree'],
  ['spaces between words', 'one  two\tthree', 'one  two\tthree'],
  ['what is no escape', 'a=b=Z1 100%=x =4', 'a=b=Z1 100%=x =4'],
  ['a mark at the very end', 'one=', 'one'],
  ['bytes beyond ASCII', 'Grüße', 'Grüße'],
  ['nothing', '', ''],
])('quoted-printable is decoded the same in one piece and byte by byte: %s', async (_name, written, read) => {
  const bytes = Buffer.from(written)
  for (const size of [1, 2, 3, 1_000]) expect((await decodedIn(inPieces(bytes, size))).toString()).toBe(read)
})

test('bytes at random come back as they were, however they are cut', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  for (let round = 0; round < 50; round++) {
    const bytes = Buffer.from(Array.from({ length: 3_000 }, () => Math.floor(random() * 256)))
    const written = Buffer.from(
      [...bytes].map((byte, at) => `${escaped(byte, random())}${at % 20 === 19 ? '=\r\n' : ''}`).join(''),
      'latin1',
    )
    const size = 1 + Math.floor(random() * 200)
    expect((await decodedIn(inPieces(written, size))).equals(bytes)).toBe(true)
  }
})

/** Printable characters may stand for themselves. */
const escaped = (byte: number, drawn: number): string =>
  byte > 32 && byte < 127 && byte !== 61 && drawn < 0.7
    ? String.fromCharCode(byte)
    : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
