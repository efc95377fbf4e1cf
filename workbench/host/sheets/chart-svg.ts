import { format as written } from 'numfmt'
import { type Area, type Book, type Chart, cellAt, type Sheet } from '../../apps-script/spreadsheet/state/book.ts'
import { shownText } from '../../apps-script/spreadsheet/state/shown.ts'

const COLOURS = ['#4285f4', '#ea4335', '#fbbc04', '#34a853', '#ff6d01', '#46bdc6', '#7baaf7', '#f07b72']
const WIDTH = 600
const HEIGHT = 371

type Drawn = { names: string[]; series: { name: string; values: (number | null)[]; format: string }[] }

/** A chart of a sheet as a picture: drawn with our library from what the script built and the cells hold now. */
export async function chartSvg(book: Book, sheet: Sheet, chart: Chart): Promise<string> {
  const { names, series } = dataOf(book, sheet, chart)
  const { width, height } = chartSize(chart)
  const { init } = await engine()
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height })
  const isBar = chart.type === 'BAR'
  const places = { type: 'category' as const, data: names, inverse: isBar, axisLabel: { hideOverlap: true } }
  const format = series[0]?.format ?? 'General'
  const values = {
    type: 'value' as const,
    ...(format === '#,##0' ? { minInterval: 1 } : {}),
    axisLabel: { formatter: (value: number) => written(format, value, { throws: false }) },
  }
  drawing.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    color: COLOURS,
    title: {
      text: String(chart.options['title'] ?? ''),
      left: 12,
      top: 8,
      textStyle: { fontSize: 15, fontWeight: 'normal', color: '#5f6368' },
    },
    legend: { show: series.length > 1, bottom: 4, type: 'scroll' },
    grid: { left: 16, right: 24, top: 48, bottom: series.length > 1 ? 40 : 16, containLabel: true },
    xAxis: isBar ? values : places,
    yAxis: isBar ? places : values,
    series: series.map(({ name, values: data }) => ({
      name,
      data,
      type: chart.type === 'LINE' || chart.type === 'AREA' ? ('line' as const) : ('bar' as const),
      showSymbol: names.length < 3,
      ...(chart.options['isStacked'] ? { stack: 'all' } : {}),
      ...(chart.type === 'AREA' ? { areaStyle: {} } : {}),
    })),
  })
  const svg = drawing.renderToSVGString()
  drawing.dispose()
  return svg
}

export const chartSize = ({ options }: Chart): { width: number; height: number } => ({
  width: Number(options['width'] ?? WIDTH),
  height: Number(options['height'] ?? HEIGHT),
})

/** The first column of the first range names the places; every other column is a series, named by the row of headers. */
function dataOf(book: Book, sheet: Sheet, { ranges, headers }: Chart): Drawn {
  const top = headers < 0 ? 1 : headers
  const columns = ranges.flatMap((range) =>
    Array.from({ length: range.columns }, (_, at): Area => ({ ...range, column: range.column + at, columns: 1 })),
  )
  const [first, ...others] = columns
  const rowsOf = ({ row, rows }: Area) => Array.from({ length: Math.max(0, rows - top) }, (_, at) => row + top + at)
  return {
    names: first ? rowsOf(first).map((row) => shownText(cellAt(sheet, row, first.column), book.locale)) : [],
    series: others.map((area) => {
      const cells = rowsOf(area).map((row) => cellAt(sheet, row, area.column))
      return {
        name: top > 0 ? shownText(cellAt(sheet, area.row, area.column), book.locale) : '',
        values: cells.map((cell) => (typeof cell?.value === 'number' ? cell.value : null)),
        format: cells.find((cell) => cell?.format)?.format ?? 'General',
      }
    }),
  }
}

let loading: ReturnType<typeof load> | undefined

const engine = () => {
  loading ??= load()
  return loading
}

async function load() {
  const [core, { LineChart, BarChart }, { GridComponent, LegendComponent, TitleComponent }, { SVGRenderer }] =
    await Promise.all([
      import('echarts/core'),
      import('echarts/charts'),
      import('echarts/components'),
      import('echarts/renderers'),
    ])
  core.use([LineChart, BarChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])
  return core
}
