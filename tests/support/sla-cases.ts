import type { Mark } from '../../backend/features/sla/clock/marks.ts'
import type { BusinessHours, OpenInterval, SlaTarget } from '../../shared/sla.ts'
import { TICKET_STATUSES } from '../../shared/tickets.ts'
import type { Random } from './random.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Zones that turn their clocks at night, at midnight, by half an hour, by a day, in both halves of the world, and never. */
const ZONES = [
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'America/Santiago',
]
/** Days around which clocks are turned somewhere, and ordinary ones. */
const STARTS = [
  '2026-03-06',
  '2026-03-25',
  '2026-03-31',
  '2026-04-03',
  '2026-09-03',
  '2026-10-23',
  '2026-10-30',
  '2026-12-28',
  '2026-06-10',
]

export type SlaCase = { hours: BusinessHours; marks: Mark[]; limits: Record<SlaTarget, number | null>; until: number }

/** Hours, marks and limits as nobody would have them. */
export function slaCase(random: Random): SlaCase {
  const whole = (below: number) => Math.floor(random() * below)
  const one = <T>(list: readonly T[]): T => list[whole(list.length)] as T
  const start = Date.parse(`${one(STARTS)}T00:00:00Z`) + whole(1_440) * MINUTE
  const intervals = (): OpenInterval[] => {
    const edges = [...new Set(Array.from({ length: 2 * whole(4) }, () => whole(1_441)))].sort((a, b) => a - b)
    return Array.from({ length: edges.length >> 1 }, (_, n) => ({
      from: edges[2 * n] as number,
      to: edges[2 * n + 1] as number,
    }))
  }
  const dayAt = (offset: number) => new Date(start + offset * DAY).toISOString().slice(0, 10)
  /** Near each other, so that spans of different length name the same day. */
  const special = () => {
    const from = whole(5) - 1
    return { from: dayAt(from), to: dayAt(from + whole(4)), name: 'x', intervals: random() < 0.5 ? [] : intervals() }
  }
  const hours = {
    timeZone: one(ZONES),
    week: Array.from({ length: 7 }, () => (random() < 0.2 ? [] : intervals())),
    specialDays: Array.from({ length: whole(6) }, special),
  }
  let at = start
  const marks: Mark[] = [
    { at, what: 'created', to: one(['new', 'new', 'open', 'pending']) },
    { at, what: 'asked' },
  ]
  for (let left = whole(10); left > 0; left--) {
    at += random() < 0.2 ? 0 : whole(1_500) * MINUTE
    const what = one([
      'asked',
      'asked',
      'answered',
      'answered',
      'held',
      'thanked',
      'moved',
      'moved',
      'moved',
      'voided',
      'unvoided',
    ] as const)
    if (what === 'moved') marks.push({ at, what, to: one(TICKET_STATUSES) })
    else if (what === 'held') marks.push({ at, what, until: random() < 0.3 ? null : at + whole(3_000) * MINUTE })
    else marks.push({ at, what })
  }
  const limit = () => (random() < 0.15 ? null : (1 + whole(2_000)) * MINUTE)
  return { hours, marks, limits: { first: limit(), next: limit(), resolution: limit() }, until: at + 8 * DAY }
}
