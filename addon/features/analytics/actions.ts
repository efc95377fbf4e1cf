import type { Report } from '../../../shared/analytics.ts'
import { pagesOrigin } from '../../api.ts'
import { AddonError } from '../../errors.ts'
import type { Reader } from '../../event.ts'
import type { Given } from '../../given.ts'
import type { ActionOf } from '../../kit/click.ts'
import type { Shown } from '../../kit/response.ts'
import { bookBeside } from '../../kit/sheet/book.ts'
import { askedIn, missingIn } from './form.ts'
import { type Asked, forget, fullWords, type Kept, keptLayouts, placedColumn, placedRow, placesIn } from './layout.ts'
import { askCard, doneCard, placedCard } from './placed-card.ts'
import { putDown, type Scene, type Spot } from './putting-down.ts'
import { readings, reportsNow } from './reading.ts'
import { isThere } from './refreshing.ts'
import { weigh } from './weighing.ts'

/** Of Google's 30 s: what is begun before is brought to its end. */
const LAST_BEGUN_MS = 18_000

export const showReports = ({ reader }: Given<'showReports'>): Shown => ({ update: reportsNow(reader) })

/** What a form asks for, or what a card that asked once more remembers of it. */
type Wish = { asked: Asked; here: boolean }

const wishOf = (sure: string, field: (name: string) => string, fields: Record<string, string>): Wish =>
  sure ? (JSON.parse(sure) as Wish) : { asked: askedIn(field, fields), here: field('place') === 'here' }

export function insertReport({ parameter, field, fields, reader }: Given<'insertReport'>): Shown {
  const sure = parameter('sure')
  const wish = wishOf(sure, field, fields())
  const again = { action: 'insertReport', parameters: { sure: JSON.stringify(wish), onTop: '1' } } as const
  return insert([wish.asked], wish, Boolean(sure), again, reader)
}

export function insertPack({ parameter, field, fields, reader }: Given<'insertPack'>): Shown {
  const [sure, pack] = [parameter('sure'), parameter('pack')]
  const wish = { ...wishOf(sure, field, fields()), here: false }
  const again = { action: 'insertPack', parameters: { sure: JSON.stringify(wish), pack, onTop: '1' } } as const
  const asked = pack.split(' ').map((report) => ({ ...wish.asked, report }))
  return insert(asked, wish, Boolean(sure), again, reader)
}

function insert(asked: Asked[], { here }: Wish, sure: boolean, again: ActionOf, reader: Reader): Shown {
  const missing = asked[0] ? missingIn(asked[0]) : null
  if (missing) return { say: missing }
  const book = bookBeside()
  const full = fullWords(keptLayouts(book), asked.length)
  if (full) return { push: askCard('No room', [full], null) }
  const [found, problems] = sorted(asked, readings(asked, reader))
  if (found.length === 0) throw new AddonError('not_found', problems.join(' '))
  const cell = here ? book.getCurrentCell() : null
  const spot: Spot = cell && { sheet: cell.getSheet(), row: cell.getRow(), column: cell.getColumn() }
  const weighed = weigh(
    book,
    found.map(({ report }) => report),
    spot,
  )
  if (weighed.kind === 'refuse') return { push: askCard('Nothing written', weighed.words, null) }
  if (weighed.kind === 'ask' && !sure) return { push: askCard('This is a lot', weighed.words, again) }
  const { done, left } = inTime(found, reader, (each) => putDown(book, each.report, each.asked, spot, sceneOf(reader)))
  const lines = done.map(({ name, sheet, tables }) => `${name} is on «${sheet}», ${tables.length} tables.`)
  return {
    push: doneCard('Written', lines, problems.concat(leftWords(left, 'written. Insert them one at a time'))),
    say: found.length === 1 ? 'Written' : `${done.length} reports written`,
  }
}

type Found = { asked: Asked; report: Report }

function sorted(asked: readonly Asked[], read: ReturnType<typeof readings>): [Found[], string[]] {
  const found: Found[] = []
  const problems: string[] = []
  asked.forEach((each, at) => {
    const { report, problem } = read[at] || { report: null, problem: null }
    if (report) found.push({ asked: each, report })
    else problems.push(problem || `${each.report} could not be read.`)
  })
  return [found, problems]
}

export function inTime<T, D>(items: readonly T[], { now }: Reader, work: (item: T) => D): { done: D[]; left: number } {
  const done: D[] = []
  for (const item of items) {
    if (done.length > 0 && Date.now() - now.getTime() > LAST_BEGUN_MS) break
    done.push(work(item))
  }
  return { done, left: items.length - done.length }
}

export const leftWords = (left: number, then: string): string[] =>
  left > 0 ? [`Google ends a press after 30 seconds: ${left} more were not ${then}.`] : []

export const sceneOf = (reader: Reader): Scene => ({ origin: pagesOrigin, reader })

export function openPlaced({ parameter, reader }: Given<'openPlaced'>): Shown {
  const book = bookBeside()
  const { layout } = keptCalled(keptLayouts(book), parameter('layout'))
  return { push: placedCard(layout, isThere(placesIn(book), layout), reader) }
}

export function goToPlaced({ parameter }: Given<'goToPlaced'>): Shown {
  const book = bookBeside()
  const { layout } = keptCalled(keptLayouts(book), parameter('layout'))
  const places = placesIn(book)
  const line = ['']
    .concat(layout.tables.map(({ id }) => id))
    .map((id) => placedRow(places, layout, id))
    .filter(Boolean)[0]
  if (!line) return { say: 'It was deleted from this spreadsheet.' }
  line.sheet.getRange(line.at, placedColumn(places, layout)?.at || 1).activate()
  return { say: line.sheet.getName() }
}

export function forgetPlaced({ parameter, reader }: Given<'forgetPlaced'>): Shown {
  const book = bookBeside()
  forget(book, keptCalled(keptLayouts(book), parameter('layout')))
  return { update: reportsNow(reader), say: 'Forgotten; its values stay' }
}

export function keptCalled(kept: readonly Kept[], id: string): Kept {
  const found = kept.filter(({ layout }) => layout.id === id)[0]
  if (!found) throw new AddonError('not_found', 'This spreadsheet does not remember that report any more.')
  return found
}
