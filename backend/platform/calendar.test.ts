import { expect, test } from '@jest/globals'
import { dayIn, instantIn, weekdayTimeIn } from './calendar.ts'

const nine = 9 * 60
const halfPastTwo = 2 * 60 + 30

test('nine in the morning is nine by the clocks of the place, in summer and in winter', () => {
  expect(instantIn('Europe/Berlin', '2026-07-01', nine).toISOString()).toBe('2026-07-01T07:00:00.000Z')
  expect(instantIn('Europe/Berlin', '2026-12-01', nine).toISOString()).toBe('2026-12-01T08:00:00.000Z')
  expect(instantIn('Asia/Kathmandu', '2026-12-01', nine).toISOString()).toBe('2026-12-01T03:15:00.000Z')
  expect(instantIn('UTC', '2026-12-01', nine).toISOString()).toBe('2026-12-01T09:00:00.000Z')
})

test('a time that the clocks leave out is as much later, one that they show twice is the first', () => {
  expect(instantIn('Europe/Berlin', '2026-03-29', halfPastTwo).toISOString()).toBe('2026-03-29T01:30:00.000Z')
  expect(instantIn('Europe/Berlin', '2026-10-25', halfPastTwo).toISOString()).toBe('2026-10-25T00:30:00.000Z')
  expect(instantIn('America/New_York', '2026-03-08', halfPastTwo).toISOString()).toBe('2026-03-08T07:30:00.000Z')
})

test('an instant is on the day on which it is', () => {
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Lisbon', 'Australia/Lord_Howe'])
    for (const day of ['2026-03-29', '2026-04-05', '2026-10-04', '2026-11-01', '2026-12-31'])
      expect(`${zone} ${dayIn(zone, instantIn(zone, day, nine))}`).toBe(`${zone} ${day}`)
})

test('an instant is told by its weekday and by the clocks of the place', () => {
  const at = new Date('2026-11-24T23:05:00Z')
  expect(weekdayTimeIn('Europe/London', at)).toBe('Tue 24 Nov, 23:05')
  expect(weekdayTimeIn('Asia/Kolkata', at)).toBe('Wed 25 Nov, 04:35')
})
