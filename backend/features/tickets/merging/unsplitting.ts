import type { Actor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { ticketMoved, ticketVoided } from '../events.ts'
import { takeFromLeavers } from '../leavers.ts'
import { changeTicket, type LockedTicket, NOBODY_WAITS } from '../locking.ts'
import { ticketRejoined, ticketTookBack } from './events.ts'
import { partOf } from './merging.ts'
import { mailsOf, moveMessages, recount } from './moving-messages.ts'
import type { Regrouping } from './regroupings.ts'
import { combined, sameStanding } from './standing.ts'
import { takeAlong } from './taking-along.ts'

type Split = Extract<Regrouping, { kind: 'split' }>
type Both = { source: LockedTicket; part: LockedTicket }

/**
 * Takes a split back: everything of the new ticket goes to the one it came from, also what came since, and the new one is merged into
 * it, so that answers to it still find their way. The source stands as before when nothing happened since.
 */
export async function unsplit(tx: Tx, split: Split, { source, part }: Both, by: Actor): Promise<void> {
  const { before, after } = split.stood
  const quiet = sameStanding(source, after) && (await hasSameMails(tx, split))
  const moved = await moveMessages(tx, { fromId: part.id, toId: source.id, how: null })
  await takeAlong(tx, part, source)
  const whole = combined(partOf(source), partOf(part))
  const { status, queueAt } = quiet ? before : whole
  await changeTicket(tx, part.id, { voidReason: 'merged', mergedIntoId: source.id, queueAt: NOBODY_WAITS })
  await changeTicket(tx, source.id, { status, queueAt })
  await recount(tx, [part.id, source.id])
  const about = { regroupingId: split.id, messages: moved.length, by }
  await record(tx, [
    ticketVoided({ ticketId: part.id, reason: 'merged', by }),
    ticketRejoined({ ticketId: part.id, otherId: source.id, ...about }),
    ...(status === source.status ? [] : [ticketMoved({ ticketId: source.id, from: source.status, to: status, by })]),
    ticketTookBack({ ticketId: source.id, otherId: part.id, ...about }),
  ])
  await takeFromLeavers(tx, [source.id])
}

/** Whether both hold what they held after the split, and nothing else. */
async function hasSameMails(tx: Tx, { fromId, toId, moved, stood }: Split): Promise<boolean> {
  const known = new Set([...moved, ...stood.own])
  const mails = [...(await mailsOf(tx, fromId)), ...(await mailsOf(tx, toId))]
  return mails.length === known.size && mails.every(({ id }) => known.has(id))
}
