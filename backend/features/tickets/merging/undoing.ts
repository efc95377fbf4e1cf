import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { type LockedTicket, lockTickets } from '../locking.ts'
import { formatNumber } from '../numbers.ts'
import { laterThan, markUndone, type Regrouping, regroupingOf } from './regroupings.ts'
import { unmerge } from './unmerging.ts'
import { unsplit } from './unsplitting.ts'

/** The ticket that stays, or is there again, and what went back. */
export type Undone = { kind: 'merge' | 'split'; fromId: string; toId: string }

type Which = { ticketId: string; regroupingId: string }

export const undoRegrouped = (ctx: Ctx, which: Which, by: Actor): Promise<Undone> =>
  inWorkspace(ctx, by.workspaceId, (tx) => undoIn(tx, which, by))

/**
 * Takes a merge or a split back, however long ago; pressed twice it is done once. What was regrouped further since is taken back
 * first, newest first, so that every message has one way home.
 */
export async function undoIn(tx: Tx, { ticketId, regroupingId }: Which, by: Actor): Promise<Undone> {
  const regrouping = await regroupingOf(tx, ticketId, regroupingId)
  const { kind, fromId, toId } = regrouping
  const locked = await lockTickets(tx, [fromId, toId])
  const [from, to] = [fromId, toId].map((id) => locked.find((each) => each.id === id))
  if (!from || !to) throw new Error('A ticket that was regrouped is gone')
  const undone = { kind, fromId, toId }
  const open = regrouping.undoneAt === null && (await stillOpen(tx, regroupingId))
  if (!open) return undone
  await refuseFurtherMerged(tx, kind === 'merge' ? [to] : [from, to])
  await refuseRegroupedSince(tx, regrouping)
  await markUndone(tx, regroupingId, by.id)
  if (regrouping.kind === 'merge') await unmerge(tx, regrouping, { merged: from, survivor: to }, by)
  else await unsplit(tx, regrouping, { source: from, part: to }, by)
  return undone
}

/** Looked at once more under the lock: somebody else may have pressed at the same moment. */
async function stillOpen(tx: Tx, id: string): Promise<boolean> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  const row = await tx.ticketRegrouping.findUniqueOrThrow({ where, select: { undoneAt: true } })
  return row.undoneAt === null
}

async function refuseFurtherMerged(tx: Tx, tickets: readonly LockedTicket[]): Promise<void> {
  const further = tickets.find(({ mergedIntoId }) => mergedIntoId !== null)
  if (!further?.mergedIntoId) return
  const next = await tx.ticket.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: further.mergedIntoId } },
    select: { number: true },
  })
  const [number, into] = [further.number, next.number].map(formatNumber)
  throw new DeskError('move_not_allowed', `${number} was itself merged into ${into} since. Undo that first.`)
}

/** Mails that went on from where this brought them are fetched back first, or they would come home to the wrong ticket. */
async function refuseRegroupedSince(tx: Tx, regrouping: Regrouping): Promise<void> {
  const later = await laterThan(tx, regrouping)
  if (!later) return
  const number = formatNumber(later.number)
  throw new DeskError(
    'move_not_allowed',
    later.kind === 'merge'
      ? `${number} was merged into it since. Undo that first.`
      : `A mail of it was split out into ${number} since. Undo that first.`,
  )
}
