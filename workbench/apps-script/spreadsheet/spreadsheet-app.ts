import type { Services } from '../execution/services.ts'
import { text } from '../realm/parameter.ts'
import { ScriptError } from '../realm/script-error.ts'
import { answer, type ServiceClass, serviceClass } from '../realm/service-class.ts'
import { SCOPES } from '../scopes.ts'
import { asking } from './classes/asking.ts'
import { chartClasses } from './classes/charts.ts'
import { ChartMergeStrategy, ChartType, MetadataLocation, MetadataVisibility } from './classes/enums.ts'
import { metadataClasses } from './classes/metadata.ts'
import { rangeClass } from './classes/range.ts'
import { type OnSheet, sheetClass } from './classes/sheet.ts'
import { type Open, spreadsheetClass } from './classes/spreadsheet.ts'
import type { Area } from './state/book.ts'

const CURRENT = [SCOPES.spreadsheetsCurrent, SCOPES.spreadsheets]

/** SpreadsheetApp: the file that is open beside the panel, and no other. Outside Sheets none is. */
export function spreadsheetApp(services: Services): object {
  const { realm, permissions, spreadsheet: id } = services
  const places = realm.enumerate(MetadataLocation) as Record<string, object>
  const visibilities = realm.enumerate(MetadataVisibility) as Record<string, object>
  const opened = id === null ? null : openSpreadsheet(services, id, { places, visibilities })
  const current = (name: string, give: (open: NonNullable<typeof opened>) => object) =>
    answer([], () => {
      permissions.demand(`SpreadsheetApp.${name}`, CURRENT)
      return opened && give(opened)
    })
  const other = (name: string) =>
    answer([text], () => {
      permissions.demand(`SpreadsheetApp.${name}`, [SCOPES.spreadsheets])
      throw new ScriptError(`The emulation has no spreadsheet for SpreadsheetApp.${name}.`)
    })
  const made = serviceClass<unknown>('SpreadsheetApp', {
    getActiveSpreadsheet: current('getActiveSpreadsheet', ({ book }) => book()),
    getActive: current('getActive', ({ book }) => book()),
    getActiveSheet: current('getActiveSheet', ({ activeSheet }) => activeSheet()),
    getActiveRange: current('getActiveRange', ({ selected }) => selected()),
    getCurrentCell: current('getCurrentCell', ({ selected }) => selected()),
    flush: answer([], () => {
      opened?.flush()
    }),
    getUi: answer([], () => {
      throw new ScriptError('Cannot call SpreadsheetApp.getUi() from this context.')
    }),
    openById: other('openById'),
    openByUrl: other('openByUrl'),
    create: other('create'),
  })
  const enums = { DeveloperMetadataVisibility: visibilities, DeveloperMetadataLocationType: places }
  return Object.assign(realm.make(made, undefined), enums)
}

/** The Charts service, as far as charts of a sheet name it. */
export const charts = ({ realm }: Services): object =>
  Object.assign(realm.make(serviceClass<unknown>('Charts', {}), undefined), {
    ChartType: realm.enumerate(ChartType),
    ChartMergeStrategy: realm.enumerate(ChartMergeStrategy),
  })

type Enums = Parameters<typeof metadataClasses>[3]

function openSpreadsheet(services: Services, id: string, enums: Enums) {
  const { realm } = services
  const ask = asking(services, id)
  const range = (area: Area): object => realm.make(ranges, area)
  const sheet = (sheetId: number): object => realm.make(sheets, { sheetId })
  const book = (): object => realm.make(spreadsheets, { id })
  const selected = () => range(ask('Spreadsheet.getActiveRange', 'selection', {}))
  const metadata = metadataClasses(services, ask, { range, sheet, book }, enums)
  const chart = chartClasses(services, () => ranges, range)
  const ranges: ServiceClass<Area> = rangeClass(ask, { range, sheet }, metadata.adds)
  const sheets: ServiceClass<OnSheet> = sheetClass(
    ask,
    { range, book, selected },
    chart,
    metadata.adds,
    metadata.newFinder,
  )
  const spreadsheets: ServiceClass<Open> = spreadsheetClass(
    ask,
    { sheet, selected, sheetClass: () => sheets },
    metadata.adds,
    metadata.newFinder,
  )
  return {
    book,
    selected,
    activeSheet: () => sheet(ask('Spreadsheet.getActiveSheet', 'selection', {}).sheetId),
    flush: () => ask('SpreadsheetApp.flush', 'flush', {}),
  }
}
