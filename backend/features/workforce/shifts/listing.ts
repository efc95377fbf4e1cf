import { type Leave, MOST_DAYS, type Shift, type ShiftSwap } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { swapsIn } from '../swaps/listing.ts'
import { daysFrom, laterBy } from './days.ts'
import { wallClock } from './laying-out.ts'
import { leavesIn } from './leaves.ts'
import { presentShift, type ShiftRow, shiftsSql } from './reading.ts'

type Page<T> = { items: T[]; next: string | null }
type Asked = { cursor?: string | undefined; limit: number }

/** Shifts that begin on some days. @throws DeskError invalid_request */
export async function listShiftsIn(
  ctx: Ctx,
  tx: Tx,
  { from, to, staffId, cursor, limit }: Asked & { from: string; to: string; staffId?: string | undefined },
): Promise<Page<Shift>> {
  refuseDays({ from, to })
  const clock = wallClock(await zoneOf(tx))
  const list = `shifts/${tx.workspaceId}/${from}/${to}/${staffId ?? ''}`
  const place = readCursor(ctx.signer, list, cursor)
  const after = place && { startsAt: new Date(String(place[0])), id: String(place[1]) }
  const wanted = { from: clock(from, 0), to: clock(laterBy(to, 1), 0), staffId, after, limit: limit + 1 }
  const rows = await tx.$queryRaw<ShiftRow[]>(shiftsSql(tx.workspaceId, wanted))
  return paged(rows.map(presentShift), limit, (last) => packCursor(ctx.signer, list, [last.startsAt, last.id]))
}

/** @throws DeskError invalid_request for days the wrong way round, or too many */
export function refuseDays({ from, to }: { from: string; to: string }): void {
  if (to < from || daysFrom(from, to) >= MOST_DAYS)
    throw new DeskError('invalid_request', `Choose a first day, and a last one after it; ${MOST_DAYS} days at most.`)
}

/** Leave that is not over on a day. */
export async function listLeaveIn(
  ctx: Ctx,
  tx: Tx,
  { from, staffId, cursor, limit }: Asked & { from: string; staffId?: string | undefined },
): Promise<Page<Leave>> {
  const list = `leave/${tx.workspaceId}/${from}/${staffId ?? ''}`
  const place = readCursor(ctx.signer, list, cursor)
  const after = place && { to: String(place[0]), id: String(place[1]) }
  const rows = await leavesIn(tx, { from, staffId, after, limit: limit + 1 })
  return paged(rows, limit, (last) => packCursor(ctx.signer, list, [last.to, last.id]))
}

/** Offers of shifts, the newest first. @param of whose; null is everybody's */
export async function listSwapsIn(
  ctx: Ctx,
  tx: Tx,
  { of, open, cursor, limit }: Asked & { of: string | null; open: boolean },
): Promise<Page<ShiftSwap>> {
  const list = `swaps/${tx.workspaceId}/${of ?? ''}/${open}`
  const place = readCursor(ctx.signer, list, cursor)
  const rows = await swapsIn(tx, { of, open, after: place && String(place[0]), limit: limit + 1 })
  return paged(rows, limit, (last) => packCursor(ctx.signer, list, [last.id]))
}

function paged<T>(rows: T[], limit: number, cursorOf: (last: T) => string): Page<T> {
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, next: last === undefined ? null : cursorOf(last) }
}
