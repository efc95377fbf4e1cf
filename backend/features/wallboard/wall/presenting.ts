import type { Wallboard, WallPerson } from '../../../../shared/wallboard.ts'
import { adherenceOf } from '../../workforce/index.ts'
import type { PersonRow, WallRow } from './statement.ts'

/** All shifts that count belong to it, also the one that began yesterday and goes on. */
const TODAY = 'today'
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

export const presentWall = (row: WallRow, now: Date): Wallboard => ({
  at: now.toISOString(),
  timeZone: row.zone,
  people: row.people.map((person) => presentPerson(person, now, row.midnight)),
  open: row.open,
  unassigned: row.unassigned,
  late: row.late,
  dueNext: row.dueNext,
  oldestWaiting: row.oldest?.toISOString() ?? null,
  arrivals: row.arrivals,
  solved: row.solved,
  answers: { inTime: row.inTime, late: row.tooLate },
  approvals: row.approvals,
})

function presentPerson(row: PersonRow, now: Date, midnight: Date): WallPerson {
  const session = row.sessions.find(({ to }) => to === null)
  const pause = session?.breaks.find(({ to }) => to === null)
  const shift = row.shifts.find(({ to }) => Date.parse(to) > now.getTime())
  return {
    staff: { id: row.id, name: row.name },
    since: session ? instant(session.from) : null,
    onBreak: pause
      ? { kind: pause.kind, label: pause.label, since: instant(pause.from), allowedMinutes: pause.minutes }
      : null,
    shift: shift ? { startsAt: instant(shift.from), endsAt: instant(shift.to) } : null,
    ...standingOf(row, now, midnight),
    open: row.open,
    late: row.late,
    dueNext: row.dueNext,
  }
}

type Standing = Pick<WallPerson, 'adherence' | 'lateMinutes' | 'overBreakMinutes'>

function standingOf({ shifts, sessions }: PersonRow, now: Date, midnight: Date): Standing {
  const planned = shifts.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to), day: TODAY }))
  const breaks = sessions.flatMap((session) =>
    session.breaks.map((pause) => ({ ...spanOf(pause), allowedMs: pause.minutes * MINUTE })),
  )
  const from = Math.min(midnight.getTime(), ...planned.map((shift) => shift.from))
  const days = [{ day: TODAY, from, to: now.getTime() + DAY }]
  const [today] = adherenceOf(planned, sessions.map(spanOf), breaks, { now: now.getTime(), days })
  if (!today || today.due < 1) return { adherence: null, lateMinutes: 0, overBreakMinutes: 0 }
  return {
    adherence: Math.min(100, Math.round((100 * (today.worked + today.onBreak)) / today.due)),
    lateMinutes: Math.floor(today.late),
    overBreakMinutes: Math.floor(today.overBreak),
  }
}

const spanOf = ({ from, to }: { from: string; to: string | null }) => ({
  from: Date.parse(from),
  to: to === null ? null : Date.parse(to),
})

const instant = (text: string): string => new Date(text).toISOString()
