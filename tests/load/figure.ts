/** One measured number, with the limit of the same machine in the same run where there is one. */
export type Figure = {
  name: string
  value: number
  unit: string
  /** What this machine can do at best, in the same unit. */
  limit?: number
  /** value / limit */
  ratio?: number
  /** The aim, as people read it. */
  aim?: string
  note?: string
}

/** @param limit in the same unit as the value */
export function figure(
  name: string,
  value: number,
  unit: string,
  more: Pick<Figure, 'limit' | 'aim' | 'note'> = {},
): Figure {
  const { limit } = more
  return { name, value, unit, ...more, ...(limit !== undefined && { ratio: value / limit }) }
}

/** The values at these shares of a list; at least one is needed. */
export function quantiles<const Q extends readonly number[]>(
  values: readonly number[],
  shares: Q,
): { [K in keyof Q]: number } {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  return shares.map((share) => {
    const value = at(share)
    if (value === undefined) throw new Error('No values were measured')
    return value
  }) as { [K in keyof Q]: number }
}

const LINE = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 })

const CELLS: ((figure: Figure) => string)[] = [
  ({ name }) => name,
  ({ value, unit }) => `${LINE.format(value)} ${unit}`,
  ({ limit, unit }) => (limit === undefined ? '' : `${LINE.format(limit)} ${unit}`),
  ({ ratio }) => (ratio === undefined ? '' : LINE.format(ratio)),
  ({ aim = '' }) => aim,
  ({ note = '' }) => note,
]

/** One figure in a line of plain text. */
export const lineOf = (figure: Figure): string =>
  CELLS.map((cell) => cell(figure))
    .filter(Boolean)
    .join(' · ')

/** The figures as a table of plain text. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [
    ['figure', 'value', 'limit', 'ratio', 'aim', ''],
    ...figures.map((one) => CELLS.map((cell) => cell(one))),
  ]
  const widths = CELLS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** One line of JSON for each figure. */
export const jsonOf = (figures: readonly Figure[]): string =>
  figures
    .map(({ name, value, unit, limit = null, ratio = null }) => JSON.stringify({ name, value, unit, limit, ratio }))
    .join('\n')
