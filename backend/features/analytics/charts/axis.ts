import { placesOf } from '../../../../shared/money.ts'
import type { AxisUnit, Picture } from './picture.ts'

/** How numbers become lengths on an axis, and what is written beside it. */
export type Axis = { scale: number; label(value: number): string; whole: boolean }

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** Steps of an axis are round in what it counts: minutes, hours or days, whole amounts, hundredths. */
export function axisOf({ unit, series, band }: Pick<Picture, 'unit' | 'series' | 'band'>): Axis {
  const known = [...series.flatMap(({ values }) => values), ...(band?.upper ?? [])].filter((value) => value !== null)
  const most = Math.max(0, ...known.map(Math.abs))
  if (unit.kind === 'share') return { scale: 100, label: (value) => `${plain.format(value)} %`, whole: false }
  if (unit.kind === 'length') return lengthAxis(most, unit.inHours === true)
  const label = unit.kind === 'money' ? moneyLabel(unit) : numberLabel
  return { scale: 1, label, whole: known.every(Number.isInteger) && unit.kind === 'number' }
}

/** @param most days @param inHours never in days, however long */
function lengthAxis(most: number, inHours: boolean): Axis {
  const [scale, word] = most < 2 / 24 ? [1_440, 'min'] : most < 3 || inHours ? [24, 'h'] : [1, 'd']
  return { scale, label: (value) => `${plain.format(value)} ${word}`, whole: false }
}

const numberLabel = (value: number): string => (Math.abs(value) < 10_000 ? plain : short).format(value)

function moneyLabel({ currency }: Extract<AxisUnit, { kind: 'money' }>) {
  const code = currency.length === 3 ? currency : 'XXX'
  const big = new Intl.NumberFormat('en', { style: 'currency', currency: code, notation: 'compact' })
  const digits = { minimumFractionDigits: placesOf(currency), maximumFractionDigits: placesOf(currency) }
  const whole = { trailingZeroDisplay: 'stripIfInteger' } as const
  const small = new Intl.NumberFormat('en', { style: 'currency', currency: code, ...digits, ...whole })
  return (value: number): string => (Math.abs(value) < 1_000 ? small : big).format(value).replace('¤', `${currency} `)
}
