import { expect, test } from '@jest/globals'
import { randomPiece } from './random.ts'

test('no random bytes are handed out twice, and those that were stay as they are', () => {
  const given = Array.from({ length: 3_000 }, (_, n) => randomPiece(12 + (n % 5)))
  const before = given.map((bytes) => bytes.toString('hex'))
  randomPiece(8_192)
  expect(given.map((bytes) => bytes.toString('hex'))).toEqual(before)
  expect(new Set(before).size).toBe(3_000)
  expect(given.every((bytes, n) => bytes.length === 12 + (n % 5))).toBe(true)
})
