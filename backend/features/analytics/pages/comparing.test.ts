import { expect, test } from '@jest/globals'
import type { Figure, ReportTable } from '../../../../shared/analytics.ts'
import type { Filled } from '../reports/reading.ts'
import { cellWords, readAs } from '../reports/writing.ts'
import { headlinesOf } from './comparing.ts'

type Kind = ReportTable['totals'][number]['kind']

/** @param then as a figure has it: seconds, the smallest unit of money */
function said(
  now: number | null,
  then: number | null,
  kind: Kind = 'number',
  better?: 'more' | 'less',
  inHours = false,
): string {
  const currency = kind === 'money' ? 'GBP' : null
  const totals = [{ value: now, kind, currency, words: cellWords(now, readAs(kind, { inHours }), currency) }]
  const before = {
    metric: { inHours },
    totals: [{ at: null, keys: [], labels: [], value: then, shares: 1, currency }],
  } as unknown as Figure
  const filled = { definition: { better }, table: { totals }, figure: null, before } as unknown as Filled
  const [headline] = headlinesOf(filled)
  return `${headline?.words}, ${headline?.beside} (${headline?.tone})`
}

test('a figure is compared with what it was before, in words', () => {
  expect(said(110, 100, 'number', 'more')).toBe('110, 10 % more than before (100) (good)')
  expect(said(110, 100, 'number', 'less')).toBe('110, 10 % more than before (100) (bad)')
  expect(said(90, 100, 'number')).toBe('90, 10 % less than before (100) (soft)')
  expect(said(100, 100, 'number', 'more')).toBe('100, as before (100) (soft)')
})

test('parts of a whole are compared in points, lengths and money in percent', () => {
  expect(said(0.9, 0.85, 'share', 'more')).toBe('90 %, 5 points more than before (85 %) (good)')
  expect(said(0.86, 0.85, 'share', 'more')).toBe('86 %, 1 point more than before (85 %) (good)')
  expect(said(0.5, 86_400, 'length', 'less')).toBe('12 h, 50 % less than before (24 h) (good)')
  expect(said(5, 4 * 86_400, 'length', 'less')).toBe('5 d, 25 % more than before (4 d) (bad)')
  expect(said(5, 4 * 86_400, 'length', 'less', true)).toBe('120 h, 25 % more than before (96 h) (bad)')
  expect(said(15, 1_000, 'money', 'less')).toBe('£15.00, 50 % more than before (£10.00) (bad)')
})

test('what says less of days gone by is not compared with before', () => {
  const totals = [{ value: 4, kind: 'number', currency: null, words: '4' }]
  const definition = { better: 'less', caution: 'Only what stands still now is known.' }
  const filled = { definition, table: { totals }, figure: null, before: null } as unknown as Filled
  expect(headlinesOf(filled)).toEqual([{ words: '4', beside: '', tone: 'soft' }])
})

test('after nothing there is no percentage, and of nothing no comparison', () => {
  expect(said(4, 0, 'number', 'more')).toBe('4, 4 more than before (0) (good)')
  expect(said(4, null)).toBe('4, nothing before (soft)')
  expect(said(null, 4)).toBe('–,  (soft)')
})
