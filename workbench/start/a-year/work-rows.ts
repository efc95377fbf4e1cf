import { newId } from '../../../backend/platform/ids.ts'
import { DAY_MS, DAYS, MINUTE } from '../../scenarios/a-year/calendar.ts'
import { teamAt } from '../../scenarios/a-year/team.ts'
import type { Draw } from '../../scenarios/busy-day/drawing.ts'
import type { Pouring } from './pouring.ts'
import type { TableName } from './tables.ts'
import type { House } from './talk-rows.ts'

/** Shifts are planned so far ahead. */
const PLANNED_DAYS = 42

/** Minutes of the day, by the clocks of the shop: half the team begins early. */
const SHIFTS = [
  { from: 480, to: 990 },
  { from: 540, to: 1_050 },
]

/** Who was planned, who came, and their breaks, every working day of the year; and the plan of the weeks that come. */
export function writeWork(
  tables: Record<TableName, Pouring>,
  { workspaceId, staffId, now }: House,
  draw: Draw,
  midnight: (ago: number) => number,
): void {
  for (let ago = DAYS; ago >= -PLANNED_DAYS; ago--) {
    const day = midnight(ago)
    const weekday = new Date(day + DAY_MS / 2).getUTCDay()
    if (weekday === 0 || weekday === 6) continue
    for (const [place, mate] of teamAt(Math.max(ago, 0)).entries()) {
      const shift = SHIFTS[place % SHIFTS.length] ?? { from: 480, to: 990 }
      const [startsAt, endsAt] = [day + shift.from * MINUTE, day + shift.to * MINUTE]
      const person = staffId(mate.seed.email)
      const date = new Date(day + DAY_MS / 2).toISOString().slice(0, 10)
      tables.shift.row(
        workspaceId,
        newId(new Date(startsAt)),
        person,
        date,
        new Date(startsAt),
        new Date(endsAt),
        'template',
      )
      if (ago < 1 || draw.chance(0.03)) continue // today and what comes are still to happen; somebody is ill
      const came = startsAt + (draw.below(14) - 4) * MINUTE
      const went = Math.min(now, endsAt + (draw.below(20) - 6) * MINUTE)
      const session = newId(new Date(came))
      tables.work_session.row(workspaceId, session, person, new Date(came), new Date(endsAt), new Date(went), 'self')
      for (const [kind, label, allowed, at] of [
        ['lunch', 'Lunch', 45, 240],
        ['short', 'Short break', 15, 400],
      ] as const) {
        const from = came + at * MINUTE
        const to = from + (allowed - 3 + draw.below(9)) * MINUTE
        tables.work_break.row(
          workspaceId,
          newId(new Date(from)),
          session,
          person,
          kind,
          label,
          allowed,
          new Date(from),
          new Date(to),
        )
      }
    }
  }
}
