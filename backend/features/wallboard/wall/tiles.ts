import type { Wallboard, WallPerson } from '../../../../shared/wallboard.ts'
import { howLong } from '../../../platform/panel.ts'
import { isOverBreak } from '../../workforce/index.ts'

/** One figure in large type. */
export type Tile = { word: string; figure: string; more?: string; bad?: boolean }

/** What a supervisor looks at first, in this order. */
export function tilesOf(wall: Wallboard): Tile[] {
  const { open, unassigned, late, dueNext, oldestWaiting, arrivals, solved, approvals, at } = wall
  const wait = oldestWaiting === null ? null : Date.parse(at) - Date.parse(oldestWaiting)
  return [
    staffTile(wall),
    { word: 'Open', figure: String(open), more: `${unassigned} with nobody` },
    { word: 'Late', figure: String(late), bad: late > 0, more: `${dueNext} late or due next` },
    { word: 'Longest wait', figure: wait === null ? 'none' : howLong(wait) },
    answersTile(wall),
    { word: 'Came today', figure: String(arrivals) },
    { word: 'Solved today', figure: String(solved) },
    { word: 'To approve', figure: String(approvals), bad: approvals > 0 },
  ]
}

function staffTile({ people, at }: Wallboard): Tile {
  const now = new Date(at)
  const breaks = people.flatMap(({ onBreak }) => onBreak ?? [])
  const over = breaks.filter((pause) => isOverBreak(pause, now))
  const missing = people.filter(({ since }) => since === null).length
  const more = [
    `${breaks.length} on a break`,
    ...(over.length > 0 ? [`${over.length} over it`] : []),
    ...(missing > 0 ? [`${missing} missing`] : []),
  ]
  return { word: 'At work', figure: String(people.length - missing), more: more.join(', '), bad: missing > 0 }
}

function answersTile({ answers: { inTime, late } }: Wallboard): Tile {
  const all = inTime + late
  if (all === 0) return { word: 'Answers in time', figure: 'none yet' }
  return {
    word: 'Answers in time',
    figure: `${Math.floor((100 * inTime) / all)} %`,
    more: `${inTime} of ${all} today`,
  }
}

/** Open tickets of somebody. */
export type Load = Pick<WallPerson, 'open' | 'late' | 'dueNext'>

/** What is left of all open tickets when those at work, and those who should be, have theirs. */
export function elsewhereOf({ open, late, dueNext, people }: Pick<Wallboard, 'people' | keyof Load>): Load {
  const sumOf = (key: keyof Load) => people.reduce((sum, one) => sum + one[key], 0)
  return { open: open - sumOf('open'), late: late - sumOf('late'), dueNext: dueNext - sumOf('dueNext') }
}
