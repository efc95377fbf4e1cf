import { expect, test } from '@jest/globals'
import { neededFor, staffHours } from './needing.ts'

const at = (hour: number): string => new Date(Date.UTC(2026, 10, 23, hour)).toISOString()
const settings = { share: 0.8, withinMinutes: 1, shrinkage: 0 }

// By hand: ten people busy all the time; thirteen let 0.285 · e^-1 wait longer than a minute, twelve 0.449 · e^-0.667.
test('people on shift are as many as the tables say, and more when a part of each shift goes to other things', () => {
  expect(neededFor(200, 180, settings)).toBe(13)
  expect(neededFor(200, 180, { ...settings, shrinkage: 0.2 })).toBe(17)
  expect(neededFor(0, 180, settings)).toBe(0)
})

test('what comes while the desk is closed is spread over the next open hours, and closed hours are not told', () => {
  const arriving = [6, 0, 10, 10, 3].map((expected, hour) => ({ at: at(hour), expected }))
  const open = (time: number) => ([2, 3].includes(new Date(time).getUTCHours()) ? 1 : 0)
  const hours = staffHours(arriving, [], { handleSeconds: 180, settings, openShare: open })
  expect(hours.map(({ tickets }) => tickets)).toEqual([13, 13])
})

test('people planned are parts of an hour, over midnight too, and states say who is missing', () => {
  const arriving = [20, 20, 20].map((expected, hour) => ({ at: at(hour), expected }))
  const shift = (from: number, minutes: number) => ({
    startsAt: new Date(Date.UTC(2026, 10, 23, from)),
    endsAt: new Date(Date.UTC(2026, 10, 23, from, minutes)),
  })
  const shifts = [shift(-2, 150), shift(0, 180), shift(0, 180), shift(2, 60), shift(2, 60)]
  const hours = staffHours(arriving, shifts, { handleSeconds: 180, settings, openShare: () => 1 })
  expect(hours.map(({ planned }) => planned)).toEqual([2.5, 2, 4])
  expect(hours.map(({ needed }) => needed)).toEqual([3, 3, 3])
  expect(hours.map(({ state }) => state)).toEqual(['short', 'short', 'over'])
})
