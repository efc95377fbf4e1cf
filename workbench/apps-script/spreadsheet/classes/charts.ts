import type { Services } from '../../execution/services.ts'
import { anything, flag, integer, memberOf, mismatch, type Parameter, text } from '../../realm/parameter.ts'
import { ScriptError } from '../../realm/script-error.ts'
import { answer, chain, type ServiceClass, serviceClass, set } from '../../realm/service-class.ts'
import type { Area, Chart } from '../state/book.ts'
import { ChartMergeStrategy, ChartType } from './enums.ts'

/** A chart that was built and not put down has no id yet. */
export type Built = Omit<Chart, 'id'> & { id: number | null }

const EMPTY: Built = {
  id: null,
  type: 'COLUMN',
  ranges: [],
  headers: -1,
  transposed: false,
  mergeStrategy: 'MERGE_COLUMNS',
  options: {},
  anchor: { row: 1, column: 1, x: 0, y: 0 },
}

const KINDS = ['Area', 'Bar', 'Column', 'Combo', 'Histogram', 'Line', 'Pie', 'Scatter', 'Table']

/** EmbeddedChart and its builder. `ranges` says how a Range is read and made. */
export function chartClasses({ realm }: Services, rangeClass: () => ServiceClass<Area>, range: (area: Area) => object) {
  const areaOf: Parameter<Area> = {
    optional: false,
    read: (value, side) => {
      const found = side.find(value)
      return found && found.class.name === rangeClass().name ? { ...(found.state as Area) } : mismatch
    },
  }
  const types = realm.enumerate(ChartType) as Record<string, object>

  const container = serviceClass<Chart['anchor']>('SpreadsheetApp.ContainerInfo', {
    getAnchorRow: answer([], ({ row }) => row),
    getAnchorColumn: answer([], ({ column }) => column),
    getOffsetX: answer([], ({ x }) => x),
    getOffsetY: answer([], ({ y }) => y),
  })

  const chart = serviceClass<Built>('SpreadsheetApp.EmbeddedChart', {
    getChartId: answer([], ({ id }: Built) => id),
    getRanges: answer([], ({ ranges }: Built) => ranges.map(range)),
    getNumHeaders: answer([], ({ headers }: Built) => headers),
    getContainerInfo: answer([], ({ anchor }: Built) => realm.make(container, { ...anchor })),
    modify: answer([], (state: Built) => realm.make(builder, structuredClone(state))),
  })

  const builder: ServiceClass<Built> = serviceClass<Built>('SpreadsheetApp.EmbeddedChartBuilder', {
    setChartType: set('type', memberOf(ChartType)),
    ...Object.fromEntries(
      KINDS.map((kind) => [
        `as${kind}Chart`,
        chain([], (state: Built) => {
          state.type = kind.toUpperCase()
        }),
      ]),
    ),
    getChartType: answer([], ({ type }: Built) => types[type]),
    addRange: chain([areaOf], (state: Built, area) => {
      if (!state.ranges.some((each) => isSame(each, area))) state.ranges.push(area)
    }),
    removeRange: chain([areaOf], (state: Built, area) => {
      state.ranges = state.ranges.filter((each) => !isSame(each, area))
    }),
    clearRanges: chain([], (state: Built) => {
      state.ranges = []
    }),
    getRanges: answer([], ({ ranges }: Built) => ranges.map(range)),
    setNumHeaders: set('headers', integer),
    setTransposeRowsAndColumns: set('transposed', flag),
    setMergeStrategy: set('mergeStrategy', memberOf(ChartMergeStrategy)),
    setOption: chain([text, anything], (state: Built, name, value) => {
      state.options[name] = plain(value)
    }),
    setPosition: chain([integer, integer, integer, integer], (state: Built, row, column, x, y) => {
      if (row < 1 || column < 1) throw new ScriptError('Chart anchor position must be at least 1.')
      state.anchor = { row, column, x, y }
    }),
    build: answer([], (state: Built) => realm.make(chart, structuredClone(state))),
  })

  return {
    chart,
    newBuilder: () => realm.make(builder, structuredClone(EMPTY)),
    made: (state: Chart) => realm.make(chart, state),
    /** Reads an EmbeddedChart that a script hands over. */
    chartOf: {
      optional: false,
      read: (value, side) => {
        const found = side.find(value)
        return found?.class.name === chart.name ? structuredClone(found.state as Built) : mismatch
      },
    } satisfies Parameter<Built>,
  }
}

const isSame = (one: Area, other: Area) => JSON.stringify(one) === JSON.stringify(other)

/** Options are kept as JSON would keep them; what an option means is not checked, as on Google. */
const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)))
