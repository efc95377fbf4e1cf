import type { Unit } from '../../../../shared/analytics.ts'
import { toDecimal } from '../../../../shared/money.ts'
import type { Metric } from '../metrics/metric.ts'
import { hoursWords, lengthWords } from './lengths.ts'

/** What a share adds, for people. */
export function shareWords(
  metric: Metric,
  value: number | null,
  currency: string | null,
  weight: number | null = null,
): string {
  if (metric.words) return metric.words(value, weight)
  if (value === null) return ''
  return metric.inHours ? hoursWords(value) : WORDS[metric.unit](value, currency)
}

const VALUES: readonly Unit[] = ['seconds', 'money', 'score']

/** Whether these words say more than the value that stands beside them. */
export const saysMore = ({ words, unit }: Pick<Metric, 'words' | 'unit'>): boolean =>
  words !== null || !VALUES.includes(unit)

const WORDS: Record<Unit, (value: number, currency: string | null) => string> = {
  tickets: () => 'One ticket',
  mails: () => 'One mail',
  times: () => 'Once',
  people: () => 'One person',
  seconds: (value) => lengthWords(value),
  share: (value) => (value > 0 ? 'Yes' : 'No'),
  score: (value) => `${value}`,
  money: (minor, currency) => (currency ? `${toDecimal({ minor, currency })} ${currency}` : `${minor}`),
}
