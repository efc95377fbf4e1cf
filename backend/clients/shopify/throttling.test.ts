import { expect, test } from '@jest/globals'
import { travellingClock } from '../../platform/clock.ts'
import { ShopifyThrottled } from './failures.ts'
import { type Lane, RESERVE, shopBudget } from './throttling.ts'

const cost = (currentlyAvailable: number) => ({
  requestedQueryCost: 10,
  throttleStatus: { maximumAvailable: 2_000, currentlyAvailable, restoreRate: 100 },
})
const read = (points: number) => ({ name: 'Read', cost: points })
const other = { name: 'Other', cost: 1 }

/** Frozen, so that nothing refills between two lines of a test. */
const start = () => {
  let now = Date.UTC(2026, 10, 21)
  const clock = {
    now: () => new Date(now),
    travel(seconds: number) {
      now += seconds * 1_000
    },
  }
  return { clock, budget: shopBudget(clock, RESERVE) }
}
const waitOf = (work: () => void): number => {
  try {
    work()
  } catch (error) {
    if (error instanceof ShopifyThrottled) return error.retryAfter
    throw error
  }
  return 0
}

test.each<[Lane, number]>([
  ['background', 500],
  ['person', 200],
  ['money', 0],
])('%s leaves %d points of 2000 untouched', (lane, kept) => {
  const { budget } = start()
  budget.learn(cost(kept + 100), other)
  expect(waitOf(() => budget.take(lane, read(100))())).toBe(0)
  budget.learn(cost(kept + 99), other)
  expect(waitOf(() => budget.take(lane, read(100)))).toBeGreaterThan(0)
})

test('our own work waits for a full bucket, a person only for what is missing, and money passes', () => {
  const { budget, clock } = start()
  budget.learn(cost(300), other)
  expect(waitOf(() => budget.take('background', read(100)))).toBe(17)
  expect(waitOf(() => budget.take('person', read(400)))).toBe(3)
  expect(waitOf(() => budget.take('money', read(100))())).toBe(0)
  clock.travel(17)
  expect(waitOf(() => budget.take('background', read(100))())).toBe(0)
})

test('calls that have not ended count, and give their points back', () => {
  const { budget } = start()
  budget.learn(cost(700), other)
  const giveBack = budget.take('background', read(150))
  expect(waitOf(() => budget.take('background', read(100)))).toBeGreaterThan(0)
  giveBack()
  expect(waitOf(() => budget.take('background', read(100))())).toBe(0)
})

test('money that waits comes again one after another, as fast as points come back, not all at once', () => {
  const { budget, clock } = start()
  const { requestedQueryCost: _, ...told } = cost(0)
  budget.learn({ ...told, requestedQueryCost: 200, actualQueryCost: 50 }, read(200))
  const waits = Array.from({ length: 8 }, () => waitOf(() => budget.take('money', read(200))))
  expect(waits).toEqual([2, 2, 2, 2, 2, 3, 3, 4])
  const crowd = Array.from({ length: 1_000 }, () => waitOf(() => budget.take('money', read(200))))
  expect(Math.max(...crowd)).toBe(30)
  clock.travel(2)
  expect(waitOf(() => budget.take('money', read(200))())).toBe(0) // whoever comes takes what is there
})

test('a person who waits is not put behind money', () => {
  const { budget } = start()
  budget.learn(cost(0), read(200))
  for (let number = 0; number < 100; number++) waitOf(() => budget.take('money', read(200)))
  expect(waitOf(() => budget.take('person', read(200)))).toBe(4)
})

test('a call as large as the bucket may go when the bucket is full', () => {
  const { budget } = start()
  budget.learn(cost(2_000), other)
  expect(waitOf(() => budget.take('background', read(1_900))())).toBe(0)
  budget.learn(cost(1_999), other)
  expect(waitOf(() => budget.take('background', read(1_900)))).toBe(1)
})

test('a pause that Shopify ordered holds everyone but money', () => {
  const { budget, clock } = start()
  budget.pause(7)
  expect(waitOf(() => budget.take('person', read(1)))).toBe(7)
  expect(waitOf(() => budget.take('money', read(1))())).toBe(0)
  clock.travel(7)
  expect(waitOf(() => budget.take('person', read(1))())).toBe(0)
})

test('a clock that was set back gives no points away, and takes none', () => {
  const { budget, clock } = start()
  budget.learn(cost(600), other)
  clock.travel(-3_600)
  expect(waitOf(() => budget.take('background', read(100))())).toBe(0)
  expect(waitOf(() => budget.take('background', read(200)))).toBeGreaterThan(0)
})

test('what an answer said of an operation counts more than what we thought', () => {
  const { budget } = start()
  budget.learn({ ...cost(700), requestedQueryCost: 300 }, read(100))
  expect(waitOf(() => budget.take('background', read(100)))).toBeGreaterThan(0)
  expect(waitOf(() => budget.take('background', { name: 'Another', cost: 100 })())).toBe(0)
})

test('an operation whose size changes with what is asked is reckoned at its largest', () => {
  const { budget } = start()
  budget.learn({ ...cost(1_000), requestedQueryCost: 450 }, read(400))
  budget.learn({ ...cost(900), requestedQueryCost: 90 }, read(400))
  expect(waitOf(() => budget.take('background', read(400)))).toBeGreaterThan(0)
  expect(waitOf(() => budget.take('person', read(400))())).toBe(0)
  const { budget: fresh } = start()
  fresh.learn({ ...cost(700), requestedQueryCost: 90 }, read(400))
  expect(waitOf(() => fresh.take('background', read(400)))).toBeGreaterThan(0)
})

test('before the first answer nothing is known, and nothing is held', () => {
  const budget = shopBudget(travellingClock(), RESERVE)
  expect(waitOf(() => budget.take('background', read(900))())).toBe(0)
})
