import type { Services } from './execution/services.ts'
import { text } from './realm/parameter.ts'
import { ScriptError } from './realm/script-error.ts'
import { answer, serviceClass } from './realm/service-class.ts'
import { SCOPES } from './scopes.ts'

/** There is no sheet behind it yet: the active one is null, as it is on Google without the scope or outside Sheets. */
export function spreadsheetApp({ realm, permissions }: Services): object {
  const other = (name: string) =>
    answer([text], () => {
      permissions.demand(`SpreadsheetApp.${name}`, [SCOPES.spreadsheets])
      throw new ScriptError(`The emulation has no spreadsheet for SpreadsheetApp.${name}.`)
    })
  const made = serviceClass<unknown>('SpreadsheetApp', {
    getActiveSpreadsheet: answer([], () => null),
    getActive: answer([], () => null),
    openById: other('openById'),
    openByUrl: other('openByUrl'),
    create: other('create'),
  })
  return realm.make(made, undefined)
}
