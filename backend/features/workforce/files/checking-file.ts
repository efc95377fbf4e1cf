import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import { type LeaveKind, type LeaveWish, MOST_HOURS } from '../../../../shared/shifts.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { dayProblemOf, minutesWords } from '../shifts/checking-hours.ts'
import { daysFrom } from '../shifts/days.ts'
import { type DayDraft, draftDays } from '../shifts/drafting-days.ts'
import { wallClock } from '../shifts/laying-out.ts'
import type { Planned } from '../shifts/locking.ts'
import { dayProblem } from '../shifts/planning-days.ts'
import { hoursWords } from '../shifts/words.ts'
import { type Problem, readLines, type ShiftLine } from './reading-lines.ts'

/** A day of somebody as a file says it, with the line that said it first. */
type FileDay = { person: Planned; day: string; lines: ShiftLine[]; away: LeaveKind | null }

export type Change = { name: string; day: string; before: string; after: string }

/** A file against the plan. */
export type Checked = {
  problems: Problem[]
  days: number
  unchanged: number
  drafts: DayDraft[]
  leaves: LeaveWish[]
  changes: Change[]
}

/** Holds a file against the plan. Nothing is written; what it came to counts as long as nobody else plans. */
export async function checkFile(tx: Tx, csv: string): Promise<Checked> {
  const { lines, problems } = readLines(csv)
  const zone = await zoneOf(tx)
  const people = await peopleOf(tx, lines)
  const known = lines.filter((line) => {
    const why = whoProblem(line, people) ?? dayProblem(zone, line.day, tx.now)
    if (why) problems.push({ line: line.line, why })
    return why === null
  })
  const days = daysIn(known, people)
  for (const day of days) problems.push(...problemsOf(day))
  const drafts = await draftDays(tx, wallClock(zone), zone, days.map(wishOf))
  const had = await leaveOf(tx, days)
  const judged = days.map((day, n) => judge(day, drafts[n] as DayDraft, had.get(keyOf(day)) ?? null, zone))
  problems.push(...judged.flatMap(({ problem }) => problem ?? []))
  return {
    problems: problems.toSorted((a, b) => a.line - b.line),
    days: days.length,
    unchanged: judged.filter(({ change }) => change === null).length,
    drafts: drafts.filter((_, n) => days[n]?.away === null),
    leaves: joined(days.filter(({ away }, n) => away !== null && judged[n]?.change !== null)),
    changes: judged.flatMap(({ change }) => change ?? []),
  }
}

type Person = Planned & { emailKey: string; works: boolean }

async function peopleOf(tx: Tx, lines: readonly ShiftLine[]): Promise<Map<string, Person>> {
  const keys = [...new Set(lines.map(({ who }) => who))]
  const rows = await tx.$queryRaw<Person[]>`
    select s.id::text, s.name, s.started_on::text as "startedOn", s.email_key as "emailKey",
      s.state <> 'deactivated' and s.role = any(${[...PEOPLE_AT_WORK]}::text[]) as works
    from desk.staff s where s.workspace_id = ${tx.workspaceId}::uuid and s.email_key = any(${keys}::text[]) order by s.id for share`
  return new Map(rows.map((person) => [person.emailKey, person]))
}

function whoProblem({ who }: ShiftLine, people: ReadonlyMap<string, Person>): string | null {
  const person = people.get(who)
  if (!person) return `Nobody of the team has the address ${who.slice(0, 100)}.`
  return person.works ? null : `${person.name} does not work on tickets, or has left.`
}

function daysIn(lines: readonly ShiftLine[], people: ReadonlyMap<string, Person>): FileDay[] {
  const days = new Map<string, FileDay>()
  for (const line of lines) {
    const person = people.get(line.who)
    if (!person) continue
    const key = `${person.id}/${line.day}`
    const found = days.get(key) ?? { person, day: line.day, lines: [], away: null }
    found.lines.push(line)
    if (line.entry.hours === null && line.entry.away !== null) found.away = line.entry.away
    days.set(key, found)
  }
  return [...days.values()]
}

const keyOf = ({ person, day }: Pick<FileDay, 'person' | 'day'>): string => `${person.id}/${day}`
const firstOf = ({ lines }: FileDay): number => lines[0]?.line ?? 1
const hoursOf = ({ lines }: FileDay) => lines.flatMap(({ entry }) => entry.hours ?? [])

const wishOf = (day: FileDay) => ({ person: day.person, day: day.day, hours: hoursOf(day) })

/** What the lines of one day say against each other. */
function problemsOf(day: FileDay): Problem[] {
  const { person, lines } = day
  const hours = hoursOf(day)
  const whole = lines.find(({ entry }) => entry.hours === null)
  const other = lines.find((line) => line !== whole)
  if (whole && other) {
    const [first, second] = [whole.line, other.line].toSorted((a, b) => a - b)
    return [
      {
        line: second ?? 1,
        why: `Line ${first} speaks of this day of ${person.name} as well, and off or away is all day. Keep one of them.`,
      },
    ]
  }
  if (hours.length > MOST_HOURS) return [{ line: firstOf(day), why: `A day has ${MOST_HOURS} shifts at most.` }]
  const twice = lines.find(({ entry }, n) => lines.slice(0, n).some((each) => sameHours(each, entry)))
  if (twice)
    return [{ line: twice.line, why: `${person.name} has this shift in an earlier line already. Leave one out.` }]
  const why = dayProblemOf(hours)
  return why ? [{ line: lines.at(-1)?.line ?? 1, why: `${person.name}: ${why}` }] : []
}

const sameHours = ({ entry }: ShiftLine, other: ShiftLine['entry']): boolean =>
  entry.hours !== null && entry.hours.from === other.hours?.from && entry.hours.to === other.hours.to

/** Leave that people have on the days of the file, by person and day. */
async function leaveOf(tx: Tx, days: readonly FileDay[]): Promise<Map<string, LeaveKind>> {
  const rows = await tx.$queryRaw<{ key: string; kind: LeaveKind }[]>`
    select n.staff_id::text || '/' || n.day::text as key, l.kind
    from unnest(${days.map(({ person }) => person.id)}::uuid[], ${days.map(({ day }) => day)}::date[]) as n (staff_id, day)
    join desk.leave l on l.workspace_id = ${tx.workspaceId}::uuid and l.staff_id = n.staff_id and l.from_day <= n.day
      and l.from_day > n.day - 400 and l.to_day >= n.day`
  return new Map(rows.map(({ key, kind }) => [key, kind]))
}

type Judged = { problem: Problem | null; change: Change | null }

function judge(day: FileDay, draft: DayDraft, had: LeaveKind | null, zone: string): Judged {
  const { person, away } = day
  if (away !== null && had !== null && had !== away)
    return {
      problem: { line: firstOf(day), why: `${person.name} has other leave (${had}) on this day. Take it back first.` },
      change: null,
    }
  if (away === null ? draft.unchanged : had === away) return { problem: null, change: null }
  const problem = away !== null || draft.problem === null ? null : { line: firstOf(day), why: draft.problem }
  const before = had ?? (draft.before.map((shift) => hoursWords(zone, shift)).join(', ') || 'nothing')
  const after = away ?? (hoursOf(day).map(minutesWords).join(', ') || 'off')
  return { problem, change: { name: person.name, day: day.day, before, after } }
}

/** Days on end are one leave. */
function joined(days: readonly FileDay[]): LeaveWish[] {
  const all: LeaveWish[] = []
  for (const { person, day, away } of days.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))) {
    const last = all.at(-1)
    if (last?.staffId === person.id && last.kind === away && daysFrom(last.to, day) === 1) last.to = day
    else if (away !== null) all.push({ staffId: person.id, from: day, to: day, kind: away })
  }
  return all
}
