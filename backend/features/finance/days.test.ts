import { expect, test } from '@jest/globals'
import { dayIn } from '../../platform/calendar.ts'
import { beginningOf, dayBefore, nextDay } from './days.ts'

test('a day begins by the clocks of the shop, also when they change', () => {
  expect(beginningOf('Europe/London', '2026-11-21').toISOString()).toBe('2026-11-21T00:00:00.000Z')
  expect(beginningOf('Europe/London', '2026-07-01').toISOString()).toBe('2026-06-30T23:00:00.000Z')
  expect(beginningOf('Pacific/Auckland', '2026-11-21').toISOString()).toBe('2026-11-20T11:00:00.000Z')
  expect(beginningOf('Pacific/Kiritimati', '2026-11-21').toISOString()).toBe('2026-11-20T10:00:00.000Z')
  expect(beginningOf('Pacific/Pago_Pago', '2026-11-21').toISOString()).toBe('2026-11-21T11:00:00.000Z')
})

test('where clocks skip midnight, the day begins when it begins there', () => {
  const begins = beginningOf('Africa/Cairo', '2026-04-24')
  expect(dayIn('Africa/Cairo', begins)).toBe('2026-04-24')
  expect(dayIn('Africa/Cairo', new Date(begins.getTime() - 1))).toBe('2026-04-23')
})

test('every day of some years begins one millisecond after the day before ended', () => {
  for (const timeZone of ['America/New_York', 'Asia/Kolkata', 'America/Sao_Paulo'])
    for (let day = '2026-01-01'; day < '2028-01-01'; day = nextDay(day)) {
      const begins = beginningOf(timeZone, day).getTime()
      expect([dayIn(timeZone, new Date(begins)), dayIn(timeZone, new Date(begins - 1))]).toEqual([day, dayBefore(day)])
    }
})
