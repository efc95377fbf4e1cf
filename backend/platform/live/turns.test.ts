import { expect, test } from '@jest/globals'
import { takingTurns } from './turns.ts'

test('no more than so many run at once, all of them run, and a failure gives its turn back', async () => {
  const inTurn = takingTurns(2)
  let running = 0
  let most = 0
  const done: number[] = []
  const works = Array.from({ length: 20 }, (_, n) =>
    inTurn(async () => {
      running++
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      if (n % 3 === 0) throw new Error(`work ${n}`)
      done.push(n)
    }),
  )
  const ends = await Promise.allSettled(works)
  expect(most).toBe(2)
  expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(7)
  expect(done).toHaveLength(13)
})
