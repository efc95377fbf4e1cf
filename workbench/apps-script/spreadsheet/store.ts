import { ScriptError } from '../realm/script-error.ts'
import type { Act } from './acts/act.ts'
import { type ActName, acts, type InputOf, type OutputOf } from './acts/acts.ts'
import { type Book, newBook } from './state/book.ts'

export type SpreadsheetStore = ReturnType<typeof spreadsheetStore>
export type Asked<N extends ActName = ActName> = { book: string; act: N; input: InputOf<N> }

/** The spreadsheets of a workbench. They live in memory: scripts and pages change the same ones, call by call. */
export function spreadsheetStore() {
  const books = new Map<string, Book>()
  return {
    add(wanted: Parameters<typeof newBook>[0]): Book {
      const book = newBook(wanted)
      books.set(book.id, book)
      return book
    },
    get: (id: string): Book | undefined => books.get(id),
    list: (): Book[] => [...books.values()],
    /** Does one thing as one person. @throws ScriptError as Google refuses it; a refused act changes nothing */
    do<N extends ActName>({ book: id, act: name, input }: Asked<N>, person: string): OutputOf<N> {
      const book = books.get(id)
      if (!book) throw new ScriptError('You do not have permission to access the requested document.')
      const act = acts[name] as unknown as Act<InputOf<N>, OutputOf<N>>
      if (act.writes && !mayEdit(book, person))
        throw new ScriptError(
          'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.',
        )
      const answer = act.run(book, input, person)
      if (act.writes) book.version++
      return answer
    },
  }
}

export const mayEdit = ({ editors }: Book, person: string): boolean => editors === null || editors.includes(person)

/** By Google's own example of 10,000 cells: 70 s cell by cell, 1 s in one block ([AS]/guides/support/best-practices). */
const CALL_MS = 7
const CELL_MS = 0.1

/** What a call would take on Google, in milliseconds; here it takes none. */
export function costOf({ act: name, input }: Asked): number {
  const { cells } = acts[name] as unknown as Act<unknown, unknown>
  const count = cells?.(input) ?? 1
  return CALL_MS + (count > 1 ? count * CELL_MS : 0)
}
