import type { MOST_READINGS, MOST_ROWS_TOGETHER, Report } from '../../../shared/analytics.ts'
import { AddonError } from '../../errors.ts'
import type { Reader } from '../../event.ts'
import type { Given } from '../../given.ts'
import type { Shown } from '../../kit/response.ts'
import { bookBeside } from '../../kit/sheet/book.ts'
import { inTime, keptCalled, leftWords, sceneOf } from './actions.ts'
import { type Kept, keptLayouts, type Places, placesIn } from './layout.ts'
import { doneCard, whyGone } from './placed-card.ts'
import { readings } from './reading.ts'
import { isThere, refresh } from './refreshing.ts'

/** The API refuses more in one call; the types hold these numbers equal to the contract's. */
const READINGS: typeof MOST_READINGS = 20
const ROWS: typeof MOST_ROWS_TOGETHER = 40_000

/** Brings one report or all of them up to date in one call, the oldest first; what does not fit is said, and comes next time. */
export function refreshReports({ parameter, reader }: Given<'refreshReports'>): Shown {
  const book = bookBeside()
  const all = keptLayouts(book)
  const wanted = parameter('layout') ? [keptCalled(all, parameter('layout'))] : all.slice().sort(oldestFirst)
  const places = placesIn(book)
  const there = wanted.filter(({ layout }) => isThere(places, layout))
  const gone = wanted
    .filter((kept) => there.indexOf(kept) < 0)
    .map(({ layout }) => `${layout.name}${layout.sheet && ` (${layout.sheet})`}: ${whyGone(layout)}`)
  const now = fitting(there)
  if (now.length === 0)
    return {
      push: doneCard('Nothing refreshed', gone.length > 0 ? [] : ['There is no report in this spreadsheet.'], gone),
    }
  const read = readings(
    now.map(({ layout }) => layout),
    reader,
  )
  const items = now.map((kept, at) => ({ kept, read: read[at] || { report: null, problem: null } }))
  const { done, left } = inTime(items, reader, ({ kept, read: { report, problem } }) =>
    report
      ? refreshed(kept, report, places, reader)
      : { name: null, problems: [`${kept.layout.name} was not refreshed: ${problem}`] },
  )
  const names = done.map(({ name }) => name).filter(Boolean)
  const problems = done.reduce<string[]>((words, each) => words.concat(each.problems), gone)
  const later = left + there.length - now.length
  return {
    push: doneCard(
      'Refreshed',
      names.length > 0 ? [`Up to date: ${names.join(', ')}.`] : [],
      problems.concat(leftWords(later, 'refreshed. Press again for them')),
    ),
    say: `${names.length} refreshed`,
  }
}

/** A sheet that somebody deletes meanwhile does not keep the other reports from being refreshed. */
function refreshed(kept: Kept, report: Report, places: Places, reader: Reader) {
  try {
    return { name: kept.layout.name, problems: refresh(kept, report, places, sceneOf(reader)).problems }
  } catch (error) {
    if (!(error instanceof AddonError) || error.code !== 'sheet_stopped') throw error
    return { name: null, problems: [error.message] }
  }
}

const oldestFirst = (one: Kept, other: Kept): number => ((one.layout.at || '') < (other.layout.at || '') ? -1 : 1)

function fitting(there: readonly Kept[]): Kept[] {
  let rows = 0
  return there.slice(0, READINGS).filter(({ layout }) => {
    rows += layout.rows
    return rows <= ROWS
  })
}
