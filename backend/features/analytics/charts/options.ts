import type { EChartsCoreOption } from 'echarts/core'
import type { Axis } from './axis.ts'
import { HEAT_STEPS, heatColour, seriesColour } from './colours.ts'
import type { Picture } from './picture.ts'

export type Size = { width: number; height: number }

/** Pixels of a letter, as wide as they come on the average. */
const LETTER = 5.6
export const FONT_SIZE = 11
/** Between names of series, in a line and from line to line. */
const LEGEND_GAP = 12
const LEGEND_SIGN = 21
const LEGEND_LINE = FONT_SIZE + LEGEND_GAP
const LONGEST_NAME = 24

const TEXT = { fontSize: FONT_SIZE, fontFamily: 'sans-serif' }
const LABEL = { ...TEXT, color: 'var(--soft)' }
const STILL = { silent: true, animation: false, emphasis: { disabled: true }, clip: false }
const DASHES = ['solid', 'dashed', 'dotted'] as const

/** What ECharts is told for a picture. @param size of all of it */
export function optionOf(picture: Picture, axis: Axis, size: Size): EChartsCoreOption {
  const top = legendHeight(picture, size.width) + 12
  const common = { animation: false, textStyle: TEXT, ...legendOf(picture) }
  const grid = { left: 4, right: 14, top, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' }
  if (picture.kind === 'heat') return { ...common, ...heat(picture), grid: { ...grid, top: 4, right: 4 } }
  if (picture.kind === 'bar')
    return { ...common, ...bars(picture, axis), grid: { ...grid, right: wordsBeside(picture) } }
  return { ...common, ...overTime(picture, axis), grid }
}

/** The longest bar ends where its words begin. */
const wordsBeside = ({ series }: Picture): number =>
  12 + LETTER * Math.max(0, ...series.flatMap(({ words = [] }) => words.map((each) => each.length)))

/** A chart of bars and one of squares grow with what they show. @param width pixels */
export function sizeOf(picture: Picture, width: number): Size {
  if (picture.kind === 'bar') return { width, height: 12 + legendHeight(picture, width) + barsHigh(picture) }
  if (picture.kind === 'heat') return { width, height: 26 + 18 * picture.series.length }
  return { width, height: Math.round(width * 0.42) + legendHeight(picture, width) }
}

const barsHigh = ({ places, series }: Picture): number => Math.max(1, places.length) * (10 + 12 * series.length)

/** A name that fits beside a bar or into the legend. */
export const cut = (name: string): string =>
  name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1).trimEnd()}…`

const namesIn = ({ series, band }: Picture): string[] => [
  ...series.map(({ name }) => name),
  ...(band ? [band.name] : []),
]

const hasLegend = ({ series, kind }: Picture): boolean => kind !== 'heat' && series.length > 1

function legendHeight(picture: Picture, width: number): number {
  if (!hasLegend(picture)) return 0
  let [lines, used] = [1, 0]
  for (const name of namesIn(picture)) {
    const wide = cut(name).length * LETTER + LEGEND_SIGN + LEGEND_GAP
    if (used > 0 && used + wide > width - 10) [lines, used] = [lines + 1, 0]
    used += wide
  }
  return lines * LEGEND_LINE
}

const legendOf = (picture: Picture) =>
  hasLegend(picture)
    ? {
        legend: {
          top: 0,
          left: 0,
          itemWidth: 16,
          itemHeight: 8,
          itemGap: LEGEND_GAP,
          padding: [2, 0],
          textStyle: { ...TEXT, color: 'var(--ink)' },
          formatter: cut,
          data: namesIn(picture),
          selectedMode: false,
        },
      }
    : {}

/** Values of a series as its axis counts them. */
const scaled = (values: readonly (number | null)[], { scale }: Axis) =>
  values.map((value) => (value === null ? null : value * scale))

const valueAxis = (axis: Axis, splitNumber: number) => ({
  type: 'value',
  splitNumber,
  minInterval: axis.whole ? 1 : undefined,
  axisLabel: { ...LABEL, formatter: axis.label, hideOverlap: true },
  splitLine: { lineStyle: { color: 'var(--line)' } },
})

const placeAxis = (places: readonly string[]) => ({
  type: 'category',
  data: places,
  axisLine: { lineStyle: { color: 'var(--line)' } },
  axisTick: { show: false },
  axisLabel: { ...LABEL, hideOverlap: true },
})

/** Lines, or bars on top of each other, from left to right. */
function overTime({ kind, places, series, band, partial = [] }: Picture, axis: Axis): EChartsCoreOption {
  return {
    xAxis: { ...placeAxis(places), boundaryGap: kind === 'stack' },
    yAxis: { ...valueAxis(axis, 3), ...roomAbove([...series, { values: band?.upper ?? [] }], axis) },
    series: [
      ...series.flatMap(({ name, values }, at): object[] => {
        const own = { ...STILL, name, itemStyle: { color: seriesColour(at) } }
        if (kind === 'stack')
          return [{ ...own, type: 'bar', stack: 'all', barCategoryGap: '25%', data: bricks(values, partial, axis) }]
        const whole = values.map((value, n) => (partial.includes(n) ? null : value))
        const faint = values.map((value, n) => ([n - 1, n, n + 1].some((one) => partial.includes(one)) ? value : null))
        return [
          line({ ...own, data: scaled(whole, axis) }, whole, at),
          ...(partial.length > 0
            ? [{ ...line({ ...own, data: scaled(faint, axis) }, faint, at), lineStyle: faintLine(at) }]
            : []),
        ]
      }),
      ...(band ? bandOf(band, axis, seriesColour(series.length - 1)) : []),
    ],
  }
}

const FAINT = 0.45
const faintLine = (at: number) => ({ width: 2, color: seriesColour(at), type: 'dotted', opacity: FAINT })

/** Pieces of bars, those that are not of a whole stretch of time fainter. */
const bricks = (values: readonly (number | null)[], partial: readonly number[], axis: Axis) =>
  scaled(values, axis).map((value, n) => (partial.includes(n) ? { value, itemStyle: { opacity: FAINT } } : value))

/** An axis of nothing but nothing would be told in parts of one, and parts of a whole end with the whole. */
function roomAbove(series: readonly Pick<Picture['series'][number], 'values'>[], { scale }: Axis) {
  const most = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)))
  if (most === 0) return { max: scale === 1 ? 1 : 10, interval: scale === 1 ? 1 : 5 }
  return scale === 100 && most > 0.6 && most <= 1 ? { max: 100, interval: 25 } : {}
}

/** A value between two gaps would not be seen as a line. */
const line = (own: object, values: readonly (number | null)[], at: number) => ({
  ...own,
  type: 'line',
  showSymbol: values.some((value, n) => value !== null && isGap(values[n - 1]) && isGap(values[n + 1])),
  symbol: 'circle',
  symbolSize: 5,
  lineStyle: { width: 2, color: seriesColour(at), type: DASHES[at % DASHES.length] },
})

/** An area from the lower to the upper bound: the second of two lines on top of each other is filled. */
function bandOf({ name, lower, upper }: NonNullable<Picture['band']>, axis: Axis, color: string) {
  const height = upper.map((value, n) => (isGap(value) || isGap(lower[n]) ? null : (value ?? 0) - (lower[n] ?? 0)))
  const own = {
    ...STILL,
    type: 'line',
    stack: 'band',
    showSymbol: false,
    lineStyle: { width: 0 },
    itemStyle: { color },
  }
  return [
    { ...own, name: `${name}, from`, data: scaled(lower, axis) },
    { ...own, name, data: scaled(height, axis), areaStyle: { color, opacity: 0.2 } },
  ]
}

const isGap = (value: number | null | undefined): boolean => value === null || value === undefined

/** Bars from left to right, the first on top, each with its value in words. */
function bars({ places, series }: Picture, axis: Axis): EChartsCoreOption {
  return {
    xAxis: { ...valueAxis(axis, 3), max: 'dataMax', axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: { ...placeAxis(places.map(cut)), inverse: true, axisLabel: { ...TEXT, color: 'var(--ink)', interval: 0 } },
    series: series.map(({ name, values, words }, at) => ({
      ...STILL,
      name,
      type: 'bar',
      data: scaled(values, axis),
      itemStyle: { color: seriesColour(at) },
      barCategoryGap: '30%',
      label: {
        ...LABEL,
        show: true,
        position: 'right',
        formatter: ({ dataIndex }: { dataIndex: number }) => words?.[dataIndex] ?? '',
      },
    })),
  }
}

/** Squares that are darker (or in the dark lighter) the more there is; the table has the numbers. */
function heat({ places, series }: Picture): EChartsCoreOption {
  const most = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)))
  return {
    xAxis: { ...placeAxis(places), axisLine: { show: false } },
    yAxis: { ...placeAxis(series.map(({ name }) => name)), inverse: true, axisLine: { show: false } },
    visualMap: {
      show: false,
      type: 'piecewise',
      dimension: 2,
      pieces: Array.from({ length: HEAT_STEPS }, (_, step) => ({ value: step, color: heatColour(step) })),
    },
    series: [
      {
        ...STILL,
        type: 'heatmap',
        data: series.flatMap(({ values }, row) =>
          values.map((value, column) => ({
            value: [column, row, stepOf(value ?? 0, most)],
            itemStyle: { borderColor: 'var(--paper)', borderWidth: 1 },
          })),
        ),
      },
    ],
  }
}

/** Nothing is a step of its own. */
export const stepOf = (value: number, most: number): number =>
  value <= 0 || most <= 0 ? 0 : Math.min(HEAT_STEPS - 1, Math.ceil((value / most) * (HEAT_STEPS - 1)))
