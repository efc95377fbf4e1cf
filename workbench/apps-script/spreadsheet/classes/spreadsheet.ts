import { either, integer, mismatch, optional, type Parameter, text } from '../../realm/parameter.ts'
import { answer, type Method, type ServiceClass, serviceClass } from '../../realm/service-class.ts'
import type { Place } from '../state/book.ts'
import type { Asking } from './asking.ts'
import type { OnSheet } from './sheet.ts'

export type Open = { id: string }

type Makers = { sheet: (sheetId: number) => object; selected: () => object; sheetClass: () => ServiceClass<OnSheet> }

/** Spreadsheet: the file that is open beside the panel. */
export function spreadsheetClass(
  ask: Asking,
  makers: Makers,
  adds: (owner: string, placeOf: (open: Open) => Place) => Method<Open>,
  newFinder: () => object,
): ServiceClass<Open> {
  const facts = (method: string) => ask(`Spreadsheet.${method}`, 'bookFacts', {})
  const sheetOf: Parameter<OnSheet> = {
    optional: false,
    read: (value, realm) => {
      const found = realm.find(value)
      return found?.class.name === makers.sheetClass().name ? (found.state as OnSheet) : mismatch
    },
  }

  return serviceClass<Open>('SpreadsheetApp.Spreadsheet', {
    getId: answer([], ({ id }) => id),
    getUrl: answer([], ({ id }) => `https://docs.google.com/spreadsheets/d/${id}/edit`),
    getName: answer([], () => facts('getName').name),
    getSpreadsheetLocale: answer([], () => facts('getSpreadsheetLocale').locale),
    getSpreadsheetTimeZone: answer([], () => facts('getSpreadsheetTimeZone').timeZone),
    getSheets: answer([], () => ask('Spreadsheet.getSheets', 'sheetIds', {}).map(makers.sheet)),
    getNumSheets: answer([], () => ask('Spreadsheet.getNumSheets', 'sheetIds', {}).length),
    getSheetByName: answer([text], (_open: Open, name) => {
      const found = ask('Spreadsheet.getSheetByName', 'sheetNamed', { name })
      return found === null ? null : makers.sheet(found)
    }),
    getActiveSheet: answer([], () => makers.sheet(ask('Spreadsheet.getActiveSheet', 'selection', {}).sheetId)),
    getActiveRange: answer([], () => makers.selected()),
    getCurrentCell: answer([], () => makers.selected()),
    setActiveSheet: answer([sheetOf], (_open: Open, { sheetId }) => {
      ask('Spreadsheet.setActiveSheet', 'select', { sheetId, row: 1, column: 1, rows: 1, columns: 1 })
      return makers.sheet(sheetId)
    }),
    moveActiveSheet: answer([integer], (_open: Open, position) => {
      const { sheetId } = ask('Spreadsheet.moveActiveSheet', 'selection', {})
      return ask('Spreadsheet.moveActiveSheet', 'moveSheet', { sheetId, index: position - 1 })
    }),
    insertSheet: answer([optional(either(text, integer)), optional(integer)], (_open: Open, first, second) =>
      makers.sheet(
        ask('Spreadsheet.insertSheet', 'insertSheet', {
          name: typeof first === 'string' ? first : null,
          index: typeof first === 'number' ? first : (second ?? null),
        }),
      ),
    ),
    deleteSheet: answer([sheetOf], (_open: Open, { sheetId }) =>
      ask('Spreadsheet.deleteSheet', 'deleteSheet', { sheetId }),
    ),
    addDeveloperMetadata: adds('Spreadsheet', () => ({ kind: 'SPREADSHEET' })),
    createDeveloperMetadataFinder: answer([], () => newFinder()),
  })
}
