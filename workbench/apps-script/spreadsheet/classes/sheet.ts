import { either, flag, integer, mismatch, optional, type Parameter, text } from '../../realm/parameter.ts'
import { ScriptError } from '../../realm/script-error.ts'
import { answer, chain, type Method, type ServiceClass, serviceClass } from '../../realm/service-class.ts'
import type { Area, Place } from '../state/book.ts'
import type { Line } from '../state/shifting.ts'
import { readA1 } from './a1.ts'
import type { Asking } from './asking.ts'
import type { chartClasses } from './charts.ts'

export type OnSheet = { sheetId: number }
type Charts = ReturnType<typeof chartClasses>

type Makers = { range: (area: Area) => object; book: () => object; selected: () => object }

/** Sheet. */
export function sheetClass(
  ask: Asking,
  makers: Makers,
  charts: Charts,
  adds: (owner: string, placeOf: (sheet: OnSheet) => Place) => Method<OnSheet>,
  newFinder: () => object,
): ServiceClass<OnSheet> {
  const facts = ({ sheetId }: OnSheet, method: string) => ask(`Sheet.${method}`, 'sheetFacts', { sheetId })

  const inserts = (name: string, line: Line, atOf: (position: number) => number, one = false): Method<OnSheet> =>
    chain([integer, optional(integer)], ({ sheetId }: OnSheet, position, count) =>
      ask(`Sheet.${name}`, 'insertLines', { sheetId, line, at: atOf(position), count: one ? 1 : (count ?? 1) }),
    )
  const deletes = (name: string, line: Line): Method<OnSheet> =>
    answer([integer, optional(integer)], ({ sheetId }: OnSheet, at, count) =>
      ask(`Sheet.${name}`, 'deleteLines', { sheetId, line, at, count: count ?? 1 }),
    )
  const freezes = (name: string, line: Line): Method<OnSheet> =>
    answer([integer], ({ sheetId }: OnSheet, count) => ask(`Sheet.${name}`, 'freeze', { sheetId, line, count }))

  return serviceClass<OnSheet>('SpreadsheetApp.Sheet', {
    getSheetId: answer([], ({ sheetId }) => sheetId),
    getParent: answer([], () => makers.book()),
    getName: answer([], (sheet: OnSheet) => facts(sheet, 'getName').name),
    getIndex: answer([], (sheet: OnSheet) => facts(sheet, 'getIndex').index),
    isSheetHidden: answer([], (sheet: OnSheet) => facts(sheet, 'isSheetHidden').hidden),
    getMaxRows: answer([], (sheet: OnSheet) => facts(sheet, 'getMaxRows').maxRows),
    getMaxColumns: answer([], (sheet: OnSheet) => facts(sheet, 'getMaxColumns').maxColumns),
    getFrozenRows: answer([], (sheet: OnSheet) => facts(sheet, 'getFrozenRows').frozenRows),
    getLastRow: answer([], ({ sheetId }: OnSheet) => ask('Sheet.getLastRow', 'contentEnd', { sheetId }).row),
    getLastColumn: answer([], ({ sheetId }: OnSheet) => ask('Sheet.getLastColumn', 'contentEnd', { sheetId }).column),
    setName: chain([text], ({ sheetId }: OnSheet, name) => ask('Sheet.setName', 'renameSheet', { sheetId, name })),
    getRange: answer(
      [either(integer, text), optional(integer), optional(integer), optional(integer)],
      (sheet: OnSheet, where, column, rows, columns) => {
        const grid = facts(sheet, 'getRange')
        const corners =
          typeof where === 'string'
            ? readA1(where, grid)
            : { row: where, column: column ?? 0, rows: rows ?? 1, columns: columns ?? 1 }
        refuseCorners(corners)
        if (corners.row + corners.rows - 1 > grid.maxRows || corners.column + corners.columns - 1 > grid.maxColumns)
          throw new ScriptError('The coordinates of the range are outside the dimensions of the sheet.')
        return makers.range({ sheetId: sheet.sheetId, ...corners })
      },
    ),
    insertRowsAfter: inserts('insertRowsAfter', 'row', (position) => position + 1),
    insertRowsBefore: inserts('insertRowsBefore', 'row', (position) => position),
    insertRowBefore: inserts('insertRowBefore', 'row', (position) => position, true),
    insertRowAfter: inserts('insertRowAfter', 'row', (position) => position + 1, true),
    insertColumnsAfter: inserts('insertColumnsAfter', 'column', (position) => position + 1),
    insertColumnsBefore: inserts('insertColumnsBefore', 'column', (position) => position),
    deleteRow: deletes('deleteRow', 'row'),
    deleteRows: deletes('deleteRows', 'row'),
    deleteColumns: deletes('deleteColumns', 'column'),
    setFrozenRows: freezes('setFrozenRows', 'row'),
    setFrozenColumns: freezes('setFrozenColumns', 'column'),
    setColumnWidth: chain([integer, integer], ({ sheetId }: OnSheet, column, width) =>
      ask('Sheet.setColumnWidth', 'setWidths', { sheetId, column, count: 1, width }),
    ),
    setColumnWidths: chain([integer, integer, integer], ({ sheetId }: OnSheet, column, count, width) =>
      ask('Sheet.setColumnWidths', 'setWidths', { sheetId, column, count, width }),
    ),
    setTabColor: chain([nullable], ({ sheetId }: OnSheet, tabColor) =>
      ask('Sheet.setTabColor', 'setLook', { sheetId, tabColor }),
    ),
    setHiddenGridlines: chain([flag], ({ sheetId }: OnSheet, hidden) =>
      ask('Sheet.setHiddenGridlines', 'setLook', { sheetId, gridlines: !hidden }),
    ),
    hideSheet: chain([], ({ sheetId }: OnSheet) => ask('Sheet.hideSheet', 'setLook', { sheetId, hidden: true })),
    showSheet: chain([], ({ sheetId }: OnSheet) => ask('Sheet.showSheet', 'setLook', { sheetId, hidden: false })),
    getActiveCell: answer([], () => makers.selected()),
    getCurrentCell: answer([], () => makers.selected()),
    activate: chain([], ({ sheetId }: OnSheet) =>
      ask('Sheet.activate', 'select', { sheetId, row: 1, column: 1, rows: 1, columns: 1 }),
    ),
    newChart: answer([], () => charts.newBuilder()),
    getCharts: answer([], ({ sheetId }: OnSheet) => ask('Sheet.getCharts', 'charts', { sheetId }).map(charts.made)),
    insertChart: answer([charts.chartOf], ({ sheetId }: OnSheet, chart) =>
      ask('Sheet.insertChart', 'insertChart', { sheetId, chart }),
    ),
    updateChart: answer([charts.chartOf], ({ sheetId }: OnSheet, { id, ...chart }) => {
      if (id === null) throw new ScriptError('The chart does not exist on this sheet.')
      return ask('Sheet.updateChart', 'updateChart', { sheetId, chart: { ...chart, id } })
    }),
    removeChart: answer([charts.chartOf], ({ sheetId }: OnSheet, { id }) =>
      ask('Sheet.removeChart', 'removeChart', { sheetId, chart: { id: id ?? 0 } }),
    ),
    addDeveloperMetadata: adds('Sheet', ({ sheetId }) => ({ kind: 'SHEET', sheetId })),
    createDeveloperMetadataFinder: answer([], () => newFinder()),
  })
}

const nullable: Parameter<string | null> = {
  optional: false,
  read: (value, realm) => (value === null ? null : text.read(value, realm) === mismatch ? mismatch : (value as string)),
}

function refuseCorners({ row, column, rows, columns }: Omit<Area, 'sheetId'>): void {
  if (row < 1) throw new ScriptError('The starting row of the range is too small.')
  if (column < 1) throw new ScriptError('The starting column of the range is too small.')
  if (rows < 1) throw new ScriptError('The number of rows in the range must be at least 1.')
  if (columns < 1) throw new ScriptError('The number of columns in the range must be at least 1.')
}
