import { expect, test } from '@jest/globals'
import { seedOfRun } from '../support/random.ts'
import { fuzz } from './fuzzing.ts'

const MAILS = 2_000

test('two thousand broken mails crash no parser, hang none and fill none: SEED=n makes the same ones again', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const { troubles, refused, grownBytes } = await fuzz(seed, MAILS)
  expect(troubles).toEqual([])
  expect(refused).toBeLessThan(MAILS / 10) // nearly all of them are read, broken as they are
  expect(grownBytes).toBeLessThan(300_000_000)
})
