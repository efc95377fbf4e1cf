import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { heldPeople, type Planned, startProblemOf } from '../shifts/locking.ts'
import { dayWords, hoursWords, shiftWords } from '../shifts/words.ts'

/** A shift of a swap as it stands now. */
export type Offered = {
  id: string
  staffId: string
  day: string
  startsAt: Date
  endsAt: Date
  takesPlace: boolean
}

/** Who would take which shift, and what they give for it. */
type Change = { taker: Planned; shift: Offered; gives: Offered | null }

export type Parties = { fromId: string; toId: string; shift: Offered; back: Offered | null }

/** @throws DeskError not_found */
export async function offeredIn(tx: Tx, id: string): Promise<Offered> {
  const [shift] = await tx.$queryRaw<Offered[]>`
    select h.id::text, h.staff_id::text as "staffId", h.day::text, h.starts_at as "startsAt", h.ends_at as "endsAt",
      h.cancelled is null as "takesPlace"
    from desk.shift h where h.workspace_id = ${tx.workspaceId}::uuid and h.id = ${id}::uuid`
  if (!shift) throw new DeskError('not_found', 'There is no such shift any more. Open the page again, and choose anew.')
  return shift
}

/**
 * Why shifts cannot change hands right now, in words; null when they can. Holds the rows of both people.
 * The plan is locked by whoever asks, so nothing changes between the answer and what follows from it.
 */
export async function swapProblemOf(tx: Tx, { fromId, toId, shift, back }: Parties): Promise<string | null> {
  const people = await heldPeople(tx, [fromId, toId])
  const [from, to] = [fromId, toId].map((id) => people.find((each) => each.id === id))
  if (!from || !to) return 'One of the two does not work on tickets any more. This swap cannot be.'
  const zone = await zoneOf(tx)
  const changes: Change[] = [
    { taker: to, shift, gives: back },
    ...(back ? [{ taker: from, shift: back, gives: shift }] : []),
  ]
  for (const { shift: each, giver } of [{ shift, giver: from }, ...(back ? [{ shift: back, giver: to }] : [])]) {
    if (!each.takesPlace || each.staffId !== giver.id)
      return `${shiftWords(zone, each)} is no shift of ${giver.name} any more. Offer another one.`
    if (each.startsAt <= tx.now)
      return `${shiftWords(zone, each)} has begun already. A shift is given away before it begins.`
  }
  for (const change of changes) {
    const problem = await takingProblemOf(tx, zone, change)
    if (problem) return problem
  }
  return null
}

async function takingProblemOf(tx: Tx, zone: string, { taker, shift, gives }: Change): Promise<string | null> {
  const early = startProblemOf(taker, shift.day)
  if (early) return early
  const { workspaceId } = tx
  const [other] = await tx.$queryRaw<{ day: string; startsAt: Date; endsAt: Date }[]>`
    select h.day::text, h.starts_at as "startsAt", h.ends_at as "endsAt" from desk.shift h
    where h.workspace_id = ${workspaceId}::uuid and h.staff_id = ${taker.id}::uuid and h.cancelled is null and h.id is distinct from ${gives?.id ?? null}::uuid
      and h.starts_at > ${shift.startsAt}::timestamptz - interval '25 hours' and h.starts_at < ${shift.endsAt} and h.ends_at > ${shift.startsAt} limit 1`
  if (other)
    return `${taker.name}: ${hoursWords(zone, shift)} on ${dayWords(shift.day)} lies over ${shiftWords(zone, other)}. Move one of them.`
  const [leave] = await tx.$queryRaw<unknown[]>`
    select 1 as found from desk.leave l where l.workspace_id = ${workspaceId}::uuid and l.staff_id = ${taker.id}::uuid
      and l.from_day <= ${shift.day}::date and l.from_day > ${shift.day}::date - 400 and l.to_day >= ${shift.day}::date limit 1`
  return leave ? `${taker.name} is away on ${dayWords(shift.day)}. Choose somebody else, or another day.` : null
}
