import type { Services } from '../../execution/services.ts'
import { integer, memberOf, optional, type Parameter, text } from '../../realm/parameter.ts'
import { answer, chain, serviceClass, set } from '../../realm/service-class.ts'
import type { Area, Place } from '../state/book.ts'
import type { Asking } from './asking.ts'
import { MetadataLocation, MetadataVisibility } from './enums.ts'

type Sought = { id?: number; key?: string; value?: string; place?: Place['kind'] }
/** The enumerations as the script sees them, so that what it is given is what it compares with. */
type Enums = { places: Record<string, object>; visibilities: Record<string, object> }
type Makers = { range: (area: Area) => object; sheet: (sheetId: number) => object; book: () => object }

/** DeveloperMetadata, its location and its finder. `makers` give the objects that a location leads to. */
export function metadataClasses({ realm }: Services, ask: Asking, makers: Makers, { places, visibilities }: Enums) {
  const read = ({ id }: { id: number }, method: string) => ask(`DeveloperMetadata.${method}`, 'readMark', { id })

  const location = serviceClass<Place>('SpreadsheetApp.DeveloperMetadataLocation', {
    getLocationType: answer([], ({ kind }: Place) => places[kind]),
    getRow: answer([], (place: Place) =>
      place.kind === 'ROW'
        ? makers.range({ sheetId: place.sheetId, row: place.row, column: 1, rows: 1, columns: 1 })
        : null,
    ),
    getColumn: answer([], (place: Place) =>
      place.kind === 'COLUMN'
        ? makers.range({ sheetId: place.sheetId, row: 1, column: place.column, rows: 1, columns: 1 })
        : null,
    ),
    getSheet: answer([], (place: Place) => (place.kind === 'SHEET' ? makers.sheet(place.sheetId) : null)),
    getSpreadsheet: answer([], ({ kind }: Place) => (kind === 'SPREADSHEET' ? makers.book() : null)),
  })

  const metadata = serviceClass<{ id: number }>('SpreadsheetApp.DeveloperMetadata', {
    getId: answer([], ({ id }) => id),
    getKey: answer([], (state) => read(state, 'getKey').key),
    getValue: answer([], (state) => read(state, 'getValue').value),
    getVisibility: answer([], (state) => visibilities[read(state, 'getVisibility').visibility]),
    getLocation: answer([], (state) => realm.make(location, read(state, 'getLocation').place)),
    setKey: chain([text], ({ id }: { id: number }, key) => ask('DeveloperMetadata.setKey', 'setMark', { id, key })),
    setValue: chain([text], ({ id }: { id: number }, value) =>
      ask('DeveloperMetadata.setValue', 'setMark', { id, value }),
    ),
    remove: answer([], ({ id }) => ask('DeveloperMetadata.remove', 'removeMark', { id })),
  })

  const finder = serviceClass<Sought>('SpreadsheetApp.DeveloperMetadataFinder', {
    withId: set('id', integer),
    withKey: set('key', text),
    withValue: set('value', text),
    withLocationType: set('place', memberOf(MetadataLocation) as Parameter<Place['kind']>),
    find: answer([], (sought: Sought) =>
      ask('DeveloperMetadataFinder.find', 'findMarks', { sought }).map(({ id }) => realm.make(metadata, { id })),
    ),
  })

  return {
    newFinder: () => realm.make(finder, {}),
    /** addDeveloperMetadata of a class whose objects say where they are. */
    adds: <S>(owner: string, placeOf: (state: S) => Place) =>
      chain([text, optional(text), optional(memberOf(MetadataVisibility))], (state: S, key, value, visibility) =>
        ask(`${owner}.addDeveloperMetadata`, 'addMark', {
          mark: { key, value: value ?? null, visibility: visibility ?? 'DOCUMENT', place: placeOf(state) },
        }),
      ),
  }
}
