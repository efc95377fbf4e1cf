import type { Shift, ShiftSource } from '../../../../shared/shifts.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/** A shift that takes place. `day` is YYYY-MM-DD by the calendar of the workspace. */
export type ShiftRow = {
  id: string
  staffId: string
  name: string
  day: string
  startsAt: Date
  endsAt: Date
  source: ShiftSource
}

/** No shift is longer, also where clocks go back; so older rows need not be looked at. */
export const LONGEST_SHIFT = '25 hours'

/** The shift that somebody is on at an instant; null while they are on none. */
export async function shiftOf(
  tx: Tx,
  staffId: string,
  at: Date,
): Promise<{ id: string; startsAt: Date; endsAt: Date } | null> {
  const [shift] = await tx.$queryRaw<{ id: string; startsAt: Date; endsAt: Date }[]>`
    select h.id::text, h.starts_at as "startsAt", h.ends_at as "endsAt" from desk.shift h
    where h.workspace_id = ${tx.workspaceId}::uuid and h.staff_id = ${staffId}::uuid and h.cancelled is null
      and h.starts_at <= ${at} and h.starts_at > ${at}::timestamptz - ${LONGEST_SHIFT}::interval and h.ends_at > ${at}`
  return shift ?? null
}

/** Where a list of shifts goes on: behind this one. */
export type ShiftPlace = { startsAt: Date; id: string }

type Wanted = { from: Date; to: Date; staffId?: string | undefined; after?: ShiftPlace | null; limit?: number }

/** Shifts that take place and begin in a stretch of time, `to` not included, in their order. Exported so that a test can look at its plan. */
export const shiftsSql = (
  workspaceId: string,
  { from, to, staffId, after = null, limit = MOST }: Wanted,
): Prisma.Sql => Prisma.sql`
  select h.id::text, h.staff_id::text as "staffId", s.name, h.day::text, h.starts_at as "startsAt", h.ends_at as "endsAt", h.source
  from desk.shift h join desk.staff s on s.workspace_id = h.workspace_id and s.id = h.staff_id
  where h.workspace_id = ${workspaceId}::uuid and h.cancelled is null and h.starts_at >= ${from} and h.starts_at < ${to}
    ${staffId === undefined ? Prisma.empty : Prisma.sql`and h.staff_id = ${staffId}::uuid`}
    ${after === null ? Prisma.empty : Prisma.sql`and (h.starts_at, h.id) > (${after.startsAt}, ${after.id}::uuid)`}
  order by h.starts_at, h.id limit ${limit}`

/** 500 people with two shifts a day, for a month. */
const MOST = 31_000

/** Shifts of a person, or of everybody, that take place and begin in a stretch of time, `to` not included, in their order. */
export const shiftsBetween = (tx: Tx, from: Date, to: Date, staffId?: string): Promise<ShiftRow[]> =>
  tx.$queryRaw<ShiftRow[]>(shiftsSql(tx.workspaceId, { from, to, staffId }))

export const presentShift = ({ id, staffId, name, day, startsAt, endsAt, source }: ShiftRow): Shift => ({
  id,
  staff: { id: staffId, name },
  day,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  source,
})
