import { Prisma } from '../../../generated/prisma/client.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { swapWithdrawn } from '../shifts/events.ts'

/** Offers of shifts that do not take place any more are over. */
export const dropSwapsOf = (tx: Tx, shiftIds: readonly string[]): Promise<void> =>
  drop(tx, Prisma.sql`(w.shift_id = any(${[...shiftIds]}::uuid[]) or w.back_shift_id = any(${[...shiftIds]}::uuid[]))`)

/** And those of people who leave. */
export const dropSwapsWith = (tx: Tx, staffIds: readonly string[]): Promise<void> =>
  drop(tx, Prisma.sql`(w.from_id = any(${[...staffIds]}::uuid[]) or w.to_id = any(${[...staffIds]}::uuid[]))`)

/** And those that nobody approved before a shift of them began. The plan is locked by whoever calls. */
export const dropSwapsBegun = (tx: Tx): Promise<void> =>
  drop(
    tx,
    Prisma.sql`exists (select from desk.shift h where h.workspace_id = w.workspace_id and h.id in (w.shift_id, w.back_shift_id) and h.starts_at <= ${tx.now})`,
  )

async function drop(tx: Tx, held: Prisma.Sql): Promise<void> {
  const dropped = await tx.$queryRaw<{ swapId: string; fromId: string; toId: string }[]>`
    update desk.shift_swap w set state = 'withdrawn', ended_at = ${tx.now}
    where w.workspace_id = ${tx.workspaceId}::uuid and w.state in ('asked', 'agreed') and ${held}
    returning w.id::text as "swapId", w.from_id::text as "fromId", w.to_id::text as "toId"`
  await record(
    tx,
    dropped.map((swap) => swapWithdrawn({ ...swap, by: systemOf(tx.workspaceId) })),
  )
}
