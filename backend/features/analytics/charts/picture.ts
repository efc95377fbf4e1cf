/** What a chart shows, before anybody has said how it looks: one value of every series for each place on its axis. */
export type Picture = {
  kind: 'line' | 'bar' | 'stack' | 'heat'
  /** Name for who cannot see it. */
  title: string
  /** What it tells, in a sentence or two, for the same. */
  words: string
  /** Places on the axis, in order. */
  places: readonly string[]
  series: readonly Series[]
  /** Places of which only a part counts: drawn fainter than what is whole. */
  partial?: readonly number[]
  unit: AxisUnit
  /** Between which bounds the lines are expected to lie; null where nothing is said. */
  band?: { name: string; lower: readonly (number | null)[]; upper: readonly (number | null)[] }
}

export type Series = {
  name: string
  /** null: there is nothing to make a figure of, which is drawn as a gap. */
  values: readonly (number | null)[]
  /** What stands beside a bar. */
  words?: readonly string[]
}

/** Lengths are in days, shares 0 to 1, money is whole amounts of its currency. */
export type AxisUnit =
  | { kind: 'number' | 'share' }
  | { kind: 'length'; inHours?: boolean }
  | { kind: 'money'; currency: string }
