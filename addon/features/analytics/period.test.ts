import { expect, test } from '@jest/globals'
import { daysOf, PERIODS, periodWords } from './period.ts'

const SUNDAY = '2026-11-22'

test.each([
  ['last-7', SUNDAY, '2026-11-16', SUNDAY],
  ['last-28', SUNDAY, '2026-10-26', SUNDAY],
  ['last-90', SUNDAY, '2026-08-25', SUNDAY],
  ['this-week', SUNDAY, '2026-11-16', SUNDAY],
  ['this-week', '2026-11-23', '2026-11-23', '2026-11-23'],
  ['last-week', SUNDAY, '2026-11-09', '2026-11-15'],
  ['last-week', '2026-01-01', '2025-12-22', '2025-12-28'],
  ['this-month', SUNDAY, '2026-11-01', SUNDAY],
  ['last-month', SUNDAY, '2026-10-01', '2026-10-31'],
  ['last-month', '2026-03-31', '2026-02-01', '2026-02-28'],
  ['last-month', '2026-01-15', '2025-12-01', '2025-12-31'],
  ['last-28', '2024-03-10', '2024-02-12', '2024-03-10'],
])('%s on %s is %s to %s', (preset, today, from, to) => {
  expect(daysOf({ preset, from: '', to: '' }, today)).toEqual({ from, to })
})

test('days that somebody chose stay as they are, and say so', () => {
  const own = { preset: 'own', from: '2026-02-01', to: '2026-02-03' }
  expect(daysOf(own, SUNDAY)).toEqual({ from: '2026-02-01', to: '2026-02-03' })
  expect(periodWords(own)).toBe('2026-02-01 to 2026-02-03')
})

test('every period of the form is one that can be told as days', () => {
  for (const { value, label } of PERIODS) {
    if (value === 'own') continue
    expect(periodWords({ preset: value, from: '', to: '' })).toBe(label)
    expect(daysOf({ preset: value, from: '', to: '' }, SUNDAY).from).toMatch(/^\d{4}-\d\d-\d\d$/)
  }
})
