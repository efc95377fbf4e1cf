import type { ReportTable } from '../../../../shared/analytics.ts'
import type { Filled } from '../reports/reading.ts'
import { cellOf, cellWords, type ReadKind, readAs } from '../reports/writing.ts'

/** A figure of the whole period in words, and what it was before; `tone` says whether that is better. */
export type Headline = { words: string; beside: string; tone: 'good' | 'bad' | 'soft' }

const percent = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const points = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** One for each currency. */
export const headlinesOf = ({ table, before, definition }: Filled): Headline[] =>
  table.totals.map((total) => compared(total, earlierOf(total, before), definition, before !== null))

type Total = ReportTable['totals'][number]

type Earlier = Pick<Total, 'value' | 'words'> & { read: ReadKind }

function earlierOf({ kind, currency }: Total, before: Filled['before']): Earlier | null {
  const found = before?.totals.find((one) => one.currency === currency)
  if (!before || !found) return null
  const value = cellOf(found.value, kind, currency)
  const read = readAs(kind, before.metric)
  return { value, read, words: cellWords(value, read, currency) }
}

/** @param isAsked whether it was asked what it was before */
function compared(total: Total, earlier: Earlier | null, { better }: Filled['definition'], isAsked: boolean): Headline {
  const [now, then] = [total.value, earlier?.value]
  if (typeof now !== 'number' || typeof then !== 'number' || !earlier)
    return {
      words: total.words,
      beside: typeof now === 'number' && isAsked ? 'nothing before' : '',
      tone: 'soft',
    }
  const change = changeOf(now, then, earlier.read)
  if (change === null) return { words: total.words, beside: `as before (${earlier.words})`, tone: 'soft' }
  const isMore = now > then
  const tone = better === undefined ? 'soft' : isMore === (better === 'more') ? 'good' : 'bad'
  return { words: total.words, beside: `${change} ${isMore ? 'more' : 'less'} than before (${earlier.words})`, tone }
}

/** How far apart two figures are; null when nobody would see it. Parts of a whole are compared in points. */
function changeOf(now: number, then: number, kind: ReadKind): string | null {
  const apart = Math.abs(now - then)
  if (kind === 'share') {
    const words = points.format(apart * 100)
    return words === '0' ? null : `${words} ${words === '1' ? 'point' : 'points'}`
  }
  if (apart === 0) return null
  if (then === 0) return cellWords(apart, kind === 'money' ? 'number' : kind, null)
  const words = percent.format((apart / Math.abs(then)) * 100)
  return words === '0' ? null : `${words} %`
}
