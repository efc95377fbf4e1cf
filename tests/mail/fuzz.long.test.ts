import { expect, test } from '@jest/globals'
import { seedOfRun } from '../support/random.ts'
import { fuzz } from './fuzzing.ts'

const MAILS = 100_000

test('a hundred thousand broken mails crash no parser, hang none, and memory stays flat: SEED=n makes the same ones again', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const { troubles, refused, grownBytes, slowestMs } = await fuzz(seed, MAILS)
  process.stderr.write(
    `${refused} refused, slowest ${slowestMs.toFixed(0)} ms, grown by ${(grownBytes / 1e6).toFixed(0)} MB since the first quarter\n`,
  )
  expect(troubles).toEqual([])
  expect(refused).toBeLessThan(MAILS / 10)
  expect(grownBytes).toBeLessThan(50_000_000)
})
