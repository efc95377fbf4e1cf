import type { Tx } from '../../platform/tenancy.ts'

export type Watch = { stepId: string; shopId: string; refundId: bigint }

const MINUTE_MS = 60_000
const FIRST_MS = 10 * MINUTE_MS

/** Refunds whose money is on its way are asked for again. */
export async function watch(tx: Tx, watches: readonly Watch[]): Promise<void> {
  if (watches.length === 0) return
  const dueAt = new Date(tx.now.getTime() + FIRST_MS)
  await tx.refundWatch.createMany({
    data: watches.map((one) => ({ ...one, workspaceId: tx.workspaceId, dueAt })),
    skipDuplicates: true,
  })
}

export type DueWatch = Watch & { tries: number }

export const dueWatches = (tx: Tx, limit: number): Promise<DueWatch[]> =>
  tx.refundWatch.findMany({
    where: { workspaceId: tx.workspaceId, dueAt: { lte: tx.now } },
    select: { stepId: true, shopId: true, refundId: true, tries: true },
    orderBy: { dueAt: 'asc' },
    take: limit,
  })

/** Banks decide within minutes, or within days: at first six times an hour, after a day four times a day, and not for ever. */
export async function watchOn(tx: Tx, { stepId, tries }: DueWatch): Promise<void> {
  if (tries >= LAST_TRY) return endWatch(tx, stepId)
  const pause = tries < 144 ? FIRST_MS : 6 * 60 * MINUTE_MS
  await tx.refundWatch.updateMany({
    where: { workspaceId: tx.workspaceId, stepId },
    data: { tries: { increment: 1 }, dueAt: new Date(tx.now.getTime() + pause) },
  })
}

/** Those of a shop that cannot be asked go behind the others that are due, and no try is counted. */
export async function postponeWatches(tx: Tx, shopId: string): Promise<void> {
  await tx.refundWatch.updateMany({
    where: { workspaceId: tx.workspaceId, shopId, dueAt: { lte: tx.now } },
    data: { dueAt: new Date(tx.now.getTime() + FIRST_MS) },
  })
}

/** A day of ten minutes, and ninety days of six hours. */
const LAST_TRY = 144 + 90 * 4

export async function endWatch(tx: Tx, stepId: string): Promise<void> {
  await tx.refundWatch.deleteMany({ where: { workspaceId: tx.workspaceId, stepId } })
}
