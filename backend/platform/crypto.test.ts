import { randomBytes } from 'node:crypto'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { dataKey, deriveKey, seal, sealedWith, sealLarge, unseal, unsealLarge } from './crypto.ts'

const place = { workspaceId: 'w', table: 'message.body', id: 'm' }
const key = dataKey(3, randomBytes(32))
const bytes = fc.uint8Array({ maxLength: 5_000 }).map((array) => Buffer.from(array))

test('whatever is sealed opens to the same bytes, and says which key opens it', () => {
  fc.assert(
    fc.property(bytes, (content) => {
      const sealed = seal(key, place, content)
      expect(sealedWith(sealed)).toBe(3)
      expect(unseal(key, place, sealed).equals(content)).toBe(true)
    }),
  )
})

test('one changed bit anywhere, and the value does not open', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), fc.nat(7), (content, at, bit) => {
      const sealed = seal(key, place, content)
      const where = at % sealed.length
      sealed[where] = (sealed[where] ?? 0) ^ (1 << bit)
      expect(() => unseal(key, place, sealed)).toThrow()
    }),
  )
})

test('a value that is moved to another row, column or workspace does not open', () => {
  const sealed = seal(key, place, 'Ada wrote this')
  for (const other of [{ id: 'n' }, { table: 'message.excerpt' }, { workspaceId: 'v' }])
    expect(() => unseal(key, { ...place, ...other }, sealed)).toThrow()
})

test('long text is stored compressed', () => {
  expect(seal(key, place, 'please '.repeat(1_000)).length).toBeLessThan(400)
})

test('megabytes are sealed and opened while the process goes on, by the same format', async () => {
  const content = Buffer.from(randomBytes(6_000_000).toString('base64'))
  let turns = 0
  const turning = setInterval(() => turns++, 1)
  const sealed = await sealLarge(key, place, content)
  const whileSealing = turns
  const opened = await unsealLarge(key, place, sealed)
  clearInterval(turning)
  expect(whileSealing).toBeGreaterThan(1)
  expect(turns).toBeGreaterThan(whileSealing)
  expect(opened.equals(content)).toBe(true)
  expect(unseal(key, place, sealed).equals(content)).toBe(true)
  expect((await unsealLarge(key, place, seal(key, place, content))).equals(content)).toBe(true)
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
  await expect(unsealLarge(key, place, sealed)).rejects.toThrow()
})

test('no two purposes share a derived key', () => {
  const master = randomBytes(32)
  expect(deriveKey(master, 'wrap').equals(deriveKey(master, 'sign/cursor'))).toBe(false)
})
