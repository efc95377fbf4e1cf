import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Clamd, EICAR, startClamd } from '../../../workbench/emulators/clamd/clamd.ts'
import { createScanner } from './index.ts'

let clamd: Clamd
beforeEach(async () => {
  clamd = await startClamd({ streamMaxLength: 1_000_000 })
})
afterEach(() => clamd.close())

async function* pieces(...all: (string | Buffer)[]) {
  for (const piece of all) yield Buffer.from(piece)
}

const scanner = (timeoutMs = 5_000) => createScanner({ host: '127.0.0.1', port: clamd.port, timeoutMs })

test('what is clean is said to be, however large its pieces are', async () => {
  expect(await scanner().scan(pieces('a', Buffer.alloc(400_000), Buffer.alloc(0), 'b'))).toEqual({ kind: 'clean' })
  expect(await scanner().scan(pieces())).toEqual({ kind: 'clean' })
  expect(clamd.scanned).toEqual([400_002, 0])
})

test('malware is found by its name, also where it is cut in two', async () => {
  const found = { kind: 'infected', finding: 'Eicar-Test-Signature' }
  expect(await scanner().scan(pieces(EICAR))).toEqual(found)
  expect(await scanner().scan(pieces('x', EICAR.slice(0, 30), EICAR.slice(30)))).toEqual(found)
})

test('what is larger than the scanner takes is told from what is clean', async () => {
  const large = Array.from({ length: 40 }, () => Buffer.alloc(100_000))
  expect(await scanner().scan(pieces(...large))).toEqual({ kind: 'too_large' })
})

test('it is told, too, when clamd cuts the connection before its answer can be read', async () => {
  clamd.setFault('cut')
  const large = Array.from({ length: 40 }, () => Buffer.alloc(100_000))
  expect(await scanner().scan(pieces(...large))).toEqual({ kind: 'too_large' })
})

test('and when all of it was on its way by then', async () => {
  clamd.setFault('cut')
  expect(await scanner().scan(pieces(Buffer.alloc(1_000_000), 'x'))).toEqual({ kind: 'too_large' })
})

test('a content that breaks off in the middle is told as that, and not as too large', async () => {
  async function* broken() {
    yield Buffer.alloc(100_000)
    throw new Error('the store is away')
  }
  await expect(scanner().scan(broken())).rejects.toThrow('the store is away')
})

test.each(['hang-up', 'silent', 'garbage'] as const)(
  'a scanner that answers nothing good (%s) has said nothing',
  async (fault) => {
    clamd.setFault(fault)
    await expect(scanner(300).scan(pieces('x'))).rejects.toMatchObject({ name: 'ScannerAway' })
  },
)

test('a scanner that is not there is said to be away, and is asked again when it is back', async () => {
  await clamd.stop()
  await expect(scanner().scan(pieces('x'))).rejects.toMatchObject({ name: 'ScannerAway' })
  await clamd.start()
  expect(await scanner().scan(pieces('x'))).toEqual({ kind: 'clean' })
})
