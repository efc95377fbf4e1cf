import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { ticketMoved, ticketUnvoided } from '../events.ts'
import { takeFromLeavers } from '../leavers.ts'
import { changeTicket, type LockedTicket } from '../locking.ts'
import { changesIn } from './changes.ts'
import { ticketReleased, ticketUnmerged } from './events.ts'
import { answersTo } from './following-answers.ts'
import { partOf } from './merging.ts'
import { lastWordOn, mailsOf, moveMessages, recount } from './moving-messages.ts'
import type { MergeStood, Regrouping } from './regroupings.ts'
import { type Merged, type Standing, sameStanding, standingBy } from './standing.ts'
import { giveBack } from './taking-along.ts'

type Merge = Extract<Regrouping, { kind: 'merge' }>
type Both = { merged: LockedTicket; survivor: LockedTicket }

/**
 * Takes a merge back. Its messages go home, and with them whatever answers them since; all else that came since stays with the
 * survivor. Both stand as they stood before, unless mails that came since say otherwise.
 * @throws DeskError move_not_allowed when nothing would be left of the survivor
 */
export async function unmerge(tx: Tx, merge: Merge, { merged, survivor }: Both, by: Actor): Promise<void> {
  const { stood } = merge
  const since = await sinceMerge(tx, merge)
  if (since.empties)
    throw new DeskError(
      'move_not_allowed',
      'The own mails of the ticket that stays were split off since, so nothing would be left of it. Take that back first.',
    )
  const moved = await moveMessages(tx, { fromId: survivor.id, toId: merged.id, how: null }, [
    ...merge.moved,
    ...since.answers,
  ])
  await giveBack(tx, merged.id, survivor.id, stood)
  await recount(tx, [merged.id, survivor.id])
  const home = since.answers.length > 0 ? standingBy(await lastWordOn(tx, merged.id), stood.from) : stood.from
  const untouched = sameStanding(survivor, stood.to.after) && !since.others && since.answers.length === 0
  const after = await survivorAfter(tx, stood, survivor, untouched)
  const tags = survivor.tags.filter((tag) => !stood.tags.includes(tag))
  await changeTicket(tx, merged.id, { voidReason: null, mergedIntoId: null, ...standingIn(home) })
  await changeTicket(tx, survivor.id, { ...after, tags })
  const removed = survivor.tags.length - tags.length
  const asleep = {
    from: since.answers.length === 0 ? ahead(tx, stood.snoozed.from) : null,
    to: untouched && survivor.snoozedUntil === null ? ahead(tx, stood.snoozed.to) : null,
  }
  const about = { regroupingId: merge.id, messages: moved.length, by }
  await record(tx, [
    ticketUnvoided({ ticketId: merged.id, reason: 'merged', by }),
    ...(home.status === merged.status
      ? []
      : [ticketMoved({ ticketId: merged.id, from: merged.status, to: home.status, by })]),
    ticketUnmerged({ ticketId: merged.id, otherId: survivor.id, snoozedUntil: asleep.from, ...about }),
    ...changesIn(survivor.id, { before: partOf(survivor), after, added: 0, removed }, by),
    ticketReleased({ ticketId: survivor.id, otherId: merged.id, snoozedUntil: asleep.to, ...about }),
  ])
  await takeFromLeavers(tx, [merged.id, survivor.id])
}

const standingIn = ({ status, queueAt }: Standing): Standing => ({ status, queueAt })

/** @property answers mails that came since and answer a merged one @property others whether other mails came to the survivor since, or left it @property empties whether no mail would stay where some were */
type Since = { answers: string[]; others: boolean; empties: boolean }

async function sinceMerge(tx: Tx, { toId, moved, stood }: Merge): Promise<Since> {
  const [merged, own] = [new Set(moved), new Set(stood.own)]
  const here = await mailsOf(tx, toId)
  const mails = here.filter(({ id }) => !own.has(id))
  const later = mails.filter(({ id }) => !merged.has(id))
  const answers = answersTo(merged, mails)
  const left = own.size > here.length - mails.length
  const empties = own.size > 0 && mails.length === here.length && later.length === answers.length
  return { answers, others: left || later.length > answers.length, empties }
}

/** What still lies ahead: a snooze that would be over by now is over. */
const ahead = (tx: Tx, until: Date | null): number | null => (until !== null && until > tx.now ? until.getTime() : null)

/** What the merge changed is changed back, as far as nobody has changed it since. */
async function survivorAfter(tx: Tx, { to }: MergeStood, survivor: LockedTicket, untouched: boolean): Promise<Merged> {
  const { before, after } = to
  const standing = untouched ? before : standingBy(await lastWordOn(tx, survivor.id), survivor)
  return {
    ...standingIn(standing),
    priority: survivor.priority === after.priority ? before.priority : survivor.priority,
    category: survivor.category === after.category ? before.category : survivor.category,
    assigneeId: survivor.assigneeId === after.assigneeId ? before.assigneeId : survivor.assigneeId,
  }
}
