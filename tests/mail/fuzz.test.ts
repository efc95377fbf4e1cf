import { expect, test } from '@jest/globals'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { fuzz } from './fuzzing.ts'
import { mutated } from './mutating.ts'

const MAILS = 2_000

test('two thousand broken mails crash no parser, hang none and fill none: SEED=n makes the same ones again', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const { troubles, refused, grownBytes } = await fuzz(seed, MAILS)
  expect(troubles).toEqual([])
  expect(refused).toBeLessThan(MAILS / 10) // nearly all of them are read, broken as they are
  expect(grownBytes).toBeLessThan(50_000_000)
})

/** Zero bytes in the Message-ID of a returned mail, which PostgreSQL cannot hold. */
const FOUND_ONCE = [256932525, 256971664, 256975936, 256982531]

test('what broke the parser once stays mended', async () => {
  for (const seed of FOUND_ONCE) expect((await fuzz(seed, 1)).troubles).toEqual([])
})

test('a seed makes the same mail again', () => {
  expect(mutated(randomFrom(7)).equals(mutated(randomFrom(7)))).toBe(true)
  expect(mutated(randomFrom(7)).equals(mutated(randomFrom(8)))).toBe(false)
})
