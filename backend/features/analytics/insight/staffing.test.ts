import { expect, test } from '@jest/globals'
import { peopleFor, serviceLevel, waitingShare } from './staffing.ts'

// Reference: the readme of R's package ErlangC, 100 calls of 180 s in half an hour, 14 people, 20 s.
test('a share of waiting and a service level are those of the tables', () => {
  expect(waitingShare(10, 14)).toBeCloseTo(0.1741319, 6)
  expect(serviceLevel(10, 14, 180, 20)).toBeCloseTo(0.88835, 5)
})

test('so many people keep the target, and one fewer would not, or would have no minute to spare', () => {
  const target = { share: 0.8, withinSeconds: 20 }
  expect(peopleFor(200, 180, target)).toBe(14)
  expect(serviceLevel(10, 13, 180, 20)).toBeLessThan(0.8)
})

test('nobody is needed for nothing, and a line without end is told as one', () => {
  expect(peopleFor(0, 300, { share: 0.9, withinSeconds: 3_600 })).toBe(0)
  expect(waitingShare(3, 3)).toBe(1)
  expect(serviceLevel(3, 2, 300, 3_600)).toBe(0)
})

test('a thousand people do not overflow the count', () => {
  const people = peopleFor(12_000, 270, { share: 0.95, withinSeconds: 60 })
  expect(people).toBeGreaterThanOrEqual(1_000)
  expect(serviceLevel(900, people, 270, 60)).toBeGreaterThanOrEqual(0.95)
})
