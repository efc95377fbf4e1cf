import { LIMITS } from '../../../../shared/limits.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { type Fact, record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { ticketVoided } from '../events.ts'
import { takeFromLeavers } from '../leavers.ts'
import { changeTicket, type LockedTicket, lockTickets, NOBODY_WAITS } from '../locking.ts'
import { changesIn } from './changes.ts'
import { ticketAbsorbed, ticketMerged } from './events.ts'
import { mailsOf, moveMessages, recount } from './moving-messages.ts'
import { refuseMerging } from './refusing.ts'
import { keepRegrouping } from './regroupings.ts'
import { combined, type Merged } from './standing.ts'
import { takeAlong } from './taking-along.ts'

export type MergeWish = { ticketIds: readonly string[]; acrossCustomers: boolean }

export const merge = (ctx: Ctx, survivorId: string, wish: MergeWish, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, (tx) => mergeIn(tx, survivorId, wish, by))

/**
 * Makes several tickets one. All are locked before anything is looked at, so of two merges that contradict each other the second is
 * told; what is merged into this one already is left alone. Each is taken over by itself, because each can be taken back by itself.
 */
export async function mergeIn(tx: Tx, survivorId: string, wish: MergeWish, by: Actor): Promise<void> {
  const wanted = [...new Set(wish.ticketIds)]
  const locked = await lockTickets(tx, [survivorId, ...wanted])
  const [survivor, ...others] = [survivorId, ...wanted].map((id) => foundIn(locked, id))
  if (!survivor) throw new Error('A merge has a survivor')
  const open = others.filter(({ mergedIntoId }) => mergedIntoId !== survivorId)
  if (open.length === 0) return
  refuseMerging(survivor, open, wish.acrossCustomers)
  let standing = survivor
  for (const ticket of open) standing = await absorb(tx, standing, ticket, by)
  await takeFromLeavers(tx, [survivorId])
}

function foundIn(locked: readonly LockedTicket[], id: string): LockedTicket {
  const ticket = locked.find((each) => each.id === id)
  if (!ticket) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  return ticket
}

/** One ticket goes into another. @returns the survivor as it stands then */
async function absorb(tx: Tx, survivor: LockedTicket, merged: LockedTicket, by: Actor): Promise<LockedTicket> {
  const own = (await mailsOf(tx, survivor.id)).map(({ id }) => id)
  const moved = await moveMessages(tx, {
    fromId: merged.id,
    toId: survivor.id,
    how: by.kind === 'system' && by.id === null ? 'bridge' : 'merge',
  })
  const along = await takeAlong(tx, merged, survivor)
  const before = partOf(survivor)
  const after = combined(before, partOf(merged))
  const tags = merged.tags.filter((tag) => !survivor.tags.includes(tag)).slice(0, LIMITS.tags - survivor.tags.length)
  await changeTicket(tx, merged.id, { voidReason: 'merged', mergedIntoId: survivor.id, queueAt: NOBODY_WAITS })
  await changeTicket(tx, survivor.id, { ...after, tags: [...survivor.tags, ...tags] })
  await recount(tx, [merged.id, survivor.id])
  const id = newId(tx.now)
  const { status, queueAt } = merged
  await keepRegrouping(tx, {
    id,
    kind: 'merge',
    fromId: merged.id,
    toId: survivor.id,
    byId: by.id,
    moved,
    stood: {
      from: { status, queueAt },
      own,
      to: { before, after },
      snoozed: { from: merged.snoozedUntil, to: survivor.snoozedUntil },
      tags,
      ...along,
    },
  })
  const about = { regroupingId: id, messages: moved.length, by }
  const facts: Fact[] = [
    ticketVoided({ ticketId: merged.id, reason: 'merged', by }),
    ticketMerged({ ticketId: merged.id, otherId: survivor.id, ...about }),
    ...changesIn(survivor.id, { before, after, added: tags.length, removed: 0 }, by),
    ticketAbsorbed({ ticketId: survivor.id, otherId: merged.id, ...about }),
  ]
  await record(tx, facts)
  return { ...survivor, ...after, tags: [...survivor.tags, ...tags], snoozedUntil: null } // a merge wakes its survivor
}

export const partOf = ({ status, queueAt, priority, category, assigneeId }: LockedTicket): Merged => ({
  status,
  queueAt,
  priority,
  category,
  assigneeId,
})
