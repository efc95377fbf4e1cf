import type { ShiftSwap, SwapState } from '../../../../shared/shifts.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'

export type SwapRow = {
  id: string
  state: SwapState
  fromId: string
  fromName: string
  toId: string
  toName: string
  shiftId: string
  day: string
  startsAt: Date
  endsAt: Date
  backId: string | null
  backDay: string | null
  backStartsAt: Date | null
  backEndsAt: Date | null
  askedAt: Date
  agreedAt: Date | null
  endedAt: Date | null
  endedBy: string | null
}

/** @param held which rows of desk.shift_swap as `w`, few of them, the newest first */
const rowsSql = (held: Prisma.Sql): Prisma.Sql => Prisma.sql`
  select w.id::text, w.state, w.from_id::text as "fromId", f.name as "fromName", w.to_id::text as "toId", t.name as "toName",
    w.shift_id::text as "shiftId", h.day::text, h.starts_at as "startsAt", h.ends_at as "endsAt",
    b.id::text as "backId", b.day::text as "backDay", b.starts_at as "backStartsAt", b.ends_at as "backEndsAt",
    w.asked_at as "askedAt", w.agreed_at as "agreedAt", w.ended_at as "endedAt", e.name as "endedBy"
  from (${held}) w
  join desk.staff f on f.workspace_id = w.workspace_id and f.id = w.from_id
  join desk.staff t on t.workspace_id = w.workspace_id and t.id = w.to_id
  join desk.shift h on h.workspace_id = w.workspace_id and h.id = w.shift_id
  left join desk.shift b on b.workspace_id = w.workspace_id and b.id = w.back_shift_id
  left join desk.staff e on e.workspace_id = w.workspace_id and e.id = w.ended_by_id
  order by w.id desc`

type Wanted = {
  /** Those that somebody offered or was offered; null is everybody's. */
  of: string | null
  open: boolean
  after: string | null
  limit: number
}

/** Offers, the newest first. Exported so that a test can look at its plan. */
export function swapsSql(workspaceId: string, { of, open, after, limit }: Wanted): Prisma.Sql {
  const part = (whose: Prisma.Sql) => Prisma.sql`(
    select p.* from desk.shift_swap p where p.workspace_id = ${workspaceId}::uuid ${whose}
      ${open ? Prisma.sql`and p.state in ('asked', 'agreed')` : Prisma.empty}
      ${after === null ? Prisma.empty : Prisma.sql`and p.id < ${after}::uuid`}
    order by p.id desc limit ${limit})`
  if (of === null) return rowsSql(part(Prisma.empty))
  const both = Prisma.sql`${part(Prisma.sql`and p.from_id = ${of}::uuid`)} union all ${part(Prisma.sql`and p.to_id = ${of}::uuid`)}`
  return rowsSql(Prisma.sql`select * from (${both}) two order by id desc limit ${limit}`)
}

/** How many offers both have agreed to, so that they wait for whoever leads; some of the open ones, by their index. */
export const swapsToDecideSql = (workspaceId: string): Prisma.Sql => Prisma.sql`(
  select count(*)::int from desk.shift_swap p
  where p.workspace_id = ${workspaceId}::uuid and p.state in ('asked', 'agreed') and p.state = 'agreed')`

export const swapsIn = async (tx: Tx, wanted: Wanted): Promise<ShiftSwap[]> =>
  (await tx.$queryRaw<SwapRow[]>(swapsSql(tx.workspaceId, wanted))).map(presentSwap)

/** @throws DeskError not_found */
export async function swapIn(tx: Tx, id: string): Promise<SwapRow> {
  const [row] = await tx.$queryRaw<SwapRow[]>(
    rowsSql(
      Prisma.sql`select * from desk.shift_swap p where p.workspace_id = ${tx.workspaceId}::uuid and p.id = ${id}::uuid`,
    ),
  )
  if (!row) throw new DeskError('not_found', 'There is no such offer in your workspace. Open the page again.')
  return row
}

export const presentSwap = (row: SwapRow): ShiftSwap => ({
  id: row.id,
  state: row.state,
  from: { id: row.fromId, name: row.fromName },
  to: { id: row.toId, name: row.toName },
  shift: shiftOf(row.shiftId, row.day, row.startsAt, row.endsAt),
  back:
    row.backId === null || row.backDay === null || row.backStartsAt === null || row.backEndsAt === null
      ? null
      : shiftOf(row.backId, row.backDay, row.backStartsAt, row.backEndsAt),
  askedAt: row.askedAt.toISOString(),
  agreedAt: row.agreedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  endedBy: row.endedBy,
})

const shiftOf = (id: string, day: string, startsAt: Date, endsAt: Date) => ({
  id,
  day,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
})
