import type { Dimension, Interval, listReports } from '../../../shared/analytics.ts'
import type { ReplyOf } from '../../contract.ts'
import type { Choice } from '../../kit/fields.ts'
import type { Asked } from './layout.ts'
import { USUAL_PERIOD } from './period.ts'

export type Listed = ReplyOf<typeof listReports>

/** Names of the fields; a filter's is its dimension behind this. */
export const FILTER = 'by-'
export const ANY = ''

export const INTERVALS: readonly Choice[] = [
  { value: '', label: 'As fits the period' },
  { value: 'day', label: 'Days' },
  { value: 'week', label: 'Weeks' },
  { value: 'month', label: 'Months' },
]

export const ROWS: readonly Choice[] = ['500', '5000', '20000'].map((value) => ({
  value,
  label: `Up to ${value.replace(/000$/, ',000')}`,
}))

export const LINKS: readonly Choice[] = [
  { value: 'yes', label: 'At each row, up to 1,000 in a table' },
  { value: 'no', label: 'Only above each table' },
]

export const PLACES: readonly Choice[] = [
  { value: 'new', label: 'A new sheet' },
  { value: 'here', label: 'The selected cell' },
]

/** What the form asks for. @param field what was typed or chosen; @param fields every field that has a value */
export function askedIn(field: (name: string) => string, fields: Record<string, string>): Asked {
  const filters: Asked['filters'] = {}
  for (const name of Object.keys(fields))
    if (name.indexOf(FILTER) === 0 && fields[name]) filters[name.slice(FILTER.length) as Dimension] = fields[name]
  return {
    report: field('report'),
    period: { preset: field('period') || USUAL_PERIOD, from: field('from'), to: field('to') },
    interval: field('interval') as Interval | '',
    rows: Number(field('rows') || 500),
    filters,
    links: field('links') !== 'no',
  }
}

/** Why it cannot be asked; null when it can. The backend judges the rest. */
export function missingIn({ period }: Asked): string | null {
  if (period.preset !== 'own') return null
  if (!period.from || !period.to) return 'Choose the first and the last day.'
  return period.to < period.from ? 'The last day is before the first.' : null
}
