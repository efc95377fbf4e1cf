import { expect, test } from '@jest/globals'
import { beginningsOf, stretchOf } from './periods.ts'
import { dayAfter, dayBegins } from './zones.ts'

const daysOf = (from: string, to: string): string[] => {
  const days: string[] = []
  for (let day = from; day <= to; day = dayAfter(day)) days.push(day)
  return days
}

test.each([
  'UTC',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/St_Johns',
  'Atlantic/Azores',
])(
  'days of %s begin when its clocks say so, also those without a midnight, with two, and the one that was left out',
  (zone) => {
    for (const [from, to] of [
      ['2005-01-01', '2027-12-31'],
      ['2011-12-29', '2011-12-31'],
    ] as const) {
      const stretch = stretchOf({ from, to, zone })
      const one = [...new Set(daysOf(from, to).map((day) => dayBegins(zone, day)))]
      expect(beginningsOf(stretch, 'day')).toEqual(one.filter((at) => at >= stretch.fromAt && at < stretch.toAt))
    }
  },
)
