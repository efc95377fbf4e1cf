import type { Tx } from '../../../platform/tenancy.ts'
import { dropSwapsOf } from '../swaps/dropping.ts'

export type CancelledBy = 'template' | 'exception' | 'import' | 'swap' | 'leave' | 'left' | 'start'

/** Shifts do not take place any more; what was planned stays known. */
export async function cancelShifts(tx: Tx, ids: readonly string[], by: CancelledBy): Promise<void> {
  if (ids.length === 0) return
  await tx.$executeRaw`
    update desk.shift set cancelled = ${by}
    where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...ids]}::uuid[]) and cancelled is null`
  await dropSwapsOf(tx, ids)
}

/** Shifts of a template that have not begun are forgotten, but for those that were ever offered. */
export async function forgetShifts(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.$executeRaw`
    delete from desk.shift h where h.workspace_id = ${tx.workspaceId}::uuid and h.id = any(${[...ids]}::uuid[])
      and not exists (select from desk.shift_swap w where w.workspace_id = h.workspace_id and w.shift_id = h.id)
      and not exists (select from desk.shift_swap w where w.workspace_id = h.workspace_id and w.back_shift_id = h.id)`
  await cancelShifts(tx, ids, 'template')
}

type NewShift = { staffId: string; id: string; day: string; startsAt: Date; endsAt: Date }

/** Adds shifts in one statement. Whoever adds them has seen to it that they lie over no others. */
export async function addShifts(tx: Tx, shifts: readonly NewShift[], source: string): Promise<void> {
  if (shifts.length === 0) return
  await tx.$executeRaw`
    insert into desk.shift (workspace_id, id, staff_id, day, starts_at, ends_at, source)
    select ${tx.workspaceId}::uuid, n.id, n.staff_id, n.day, n.starts_at, n.ends_at, ${source}
    from unnest(${shifts.map(({ id }) => id)}::uuid[], ${shifts.map(({ staffId }) => staffId)}::uuid[], ${shifts.map(({ day }) => day)}::date[],
      ${shifts.map(({ startsAt }) => startsAt)}::timestamptz[], ${shifts.map(({ endsAt }) => endsAt)}::timestamptz[]) as n (id, staff_id, day, starts_at, ends_at)`
}
