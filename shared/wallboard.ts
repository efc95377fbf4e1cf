import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { LEADS } from './roles.ts'
import { OnBreak } from './workforce.ts'

const Instant = z.iso.datetime()
const Count = z.int().min(0)

/** Somebody who is at work, or whose shift it is. */
export const WallPerson = z.object({
  staff: z.object({ id: z.uuid(), name: z.string() }),
  /** Since when they are logged in; null when they are not, though their shift has begun. */
  since: Instant.nullable(),
  onBreak: OnBreak.nullable(),
  /** The shift that it is now. */
  shift: z.object({ startsAt: Instant, endsAt: Instant }).nullable(),
  /** Of their shifts of today so far, in percent: at work, or on a break that is allowed. Null without a shift. */
  adherence: z.int().min(0).max(100).nullable(),
  /** Minutes of today, so far. */
  lateMinutes: Count,
  overBreakMinutes: Count,
  /** Open tickets that are theirs and not snoozed. */
  open: Count,
  /** Of these, overdue. */
  late: Count,
  /** Of these, overdue or due soon, as the view «Due next» has it. */
  dueNext: Count,
})
export type WallPerson = z.infer<typeof WallPerson>

/** The floor at a glance. Today is the day of the workspace’s time zone. */
export const Wallboard = z.object({
  at: Instant,
  timeZone: z.string(),
  /** By name; 500 at most. */
  people: z.array(WallPerson),
  open: Count,
  unassigned: Count,
  late: Count,
  dueNext: Count,
  /** Since when the customer waits who waits longest; null when nobody does. */
  oldestWaiting: Instant.nullable(),
  /** Tickets whose first mail came today. */
  arrivals: Count,
  /** Tickets that were solved today and are still solved: neither open again nor closed. */
  solved: Count,
  /** First and next answers of today: in time, and late or missing. */
  answers: z.object({ inTime: Count, late: Count }),
  /** Combined actions that wait for approval. */
  approvals: Count,
})
export type Wallboard = z.infer<typeof Wallboard>

/** Where a screen hangs, in characters. */
export const DISPLAY_NAME = 80

export const getWallboard = endpoint('GET', '/v1/wallboard', {
  summary: 'Who is at work, what waits, and how today goes',
  callers: LEADS,
  reply: Wallboard,
  tags: ['work'],
})
