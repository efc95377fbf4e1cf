import type { Unit } from '../../../../shared/analytics.ts'
import { toDecimal } from '../../../../shared/money.ts'
import type { Metric } from '../metrics/metric.ts'

/** What a share adds, for people. */
export function shareWords(metric: Metric, value: number | null, currency: string | null): string {
  if (metric.words) return metric.words(value)
  return value === null ? '' : WORDS[metric.unit](value, currency)
}

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

/** 2 d 3 h 5 min; below a minute its seconds. */
export function lengthWords(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24]
  const parts = [
    days > 0 ? `${days} d` : '',
    hours > 0 ? `${hours} h` : '',
    minutes % 60 > 0 ? `${minutes % 60} min` : '',
  ]
  return parts.filter(Boolean).join(' ')
}
