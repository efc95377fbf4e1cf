import type { Services } from '../../execution/services.ts'
import { SCOPES } from '../../scopes.ts'
import type { ActName, InputOf, OutputOf } from '../acts/acts.ts'
import type { Asked } from '../store.ts'

export type Asking = ReturnType<typeof asking>

/** How a method reaches the open spreadsheet: with its scope, under its own name. */
export function asking({ ask, permissions }: Services, book: string) {
  return <N extends ActName>(method: string, act: N, input: InputOf<N>): OutputOf<N> => {
    permissions.demand(`SpreadsheetApp.${method}`, [SCOPES.spreadsheetsCurrent, SCOPES.spreadsheets])
    return ask('spreadsheet', { method, asked: { book, act, input } as Asked }) as OutputOf<N>
  }
}
