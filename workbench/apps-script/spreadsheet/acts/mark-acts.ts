import { ScriptError } from '../../realm/script-error.ts'
import type { Book, Mark, Place } from '../state/book.ts'
import { reads, sheetIn, writes } from './act.ts'
import { freshId } from './book-acts.ts'

/** For all that hangs on one spreadsheet, and for all that hangs on one sheet with its rows and columns. */
const MOST_CHARACTERS = 30_000

type Sought = { id?: number; key?: string; value?: string; place?: Place['kind'] }

/** What the methods of developer metadata do. */
export const markActs = {
  addMark: writes((book, { mark }: { mark: Omit<Mark, 'id'> }) => {
    if ('sheetId' in mark.place) sheetIn(book, mark.place.sheetId)
    refuseKey(mark.key)
    const made = { ...mark, id: freshId(book) }
    refuseSize(book, made)
    book.marks.push(made)
  }),
  findMarks: reads((book, { sought }: { sought: Sought }) =>
    book.marks
      .filter(
        (mark) =>
          (sought.id === undefined || mark.id === sought.id) &&
          (sought.key === undefined || mark.key === sought.key) &&
          (sought.value === undefined || mark.value === sought.value) &&
          (sought.place === undefined || mark.place.kind === sought.place),
      )
      .map((mark) => structuredClone(mark)),
  ),
  readMark: reads((book, { id }: { id: number }) => structuredClone(markIn(book, id))),
  setMark: writes((book, { id, ...change }: { id: number } & Partial<Pick<Mark, 'key' | 'value' | 'visibility'>>) => {
    const mark = markIn(book, id)
    if (change.key !== undefined) refuseKey(change.key)
    refuseSize(book, { ...mark, ...change })
    Object.assign(mark, change)
  }),
  removeMark: writes((book, { id }: { id: number }) => {
    book.marks = book.marks.filter((mark) => mark.id !== id)
  }),
}

function markIn({ marks }: Book, id: number): Mark {
  const found = marks.find((mark) => mark.id === id)
  if (!found) throw new ScriptError(`No developer metadata with ID ${id}.`)
  return found
}

function refuseKey(key: string): void {
  if (key === '') throw new ScriptError('Invalid argument: key')
}

function refuseSize({ marks }: Book, mark: Mark): void {
  const home = ({ place }: Mark) => ('sheetId' in place ? place.sheetId : null)
  const others = marks.filter((each) => each.id !== mark.id && home(each) === home(mark))
  const total = [...others, mark].reduce((sum, { key, value }) => sum + key.length + (value?.length ?? 0), 0)
  if (total > MOST_CHARACTERS)
    throw new ScriptError(
      `This change would exceed the developer metadata storage limit of ${MOST_CHARACTERS} characters.`,
    )
}
