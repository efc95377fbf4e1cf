import type { Ctx } from '../../context.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { goingOnOf } from '../tickets/index.ts'
import { endRunOut } from './ending.ts'
import { claimTaken } from './events.ts'
import { type OpenClaim, openClaimOf } from './holding.ts'
import { minutesSql } from './settings.ts'
import { takeOver } from './taking-over.ts'

/** "I am on it", said by hand. @param word for whoever is on it already; without one they keep it */
export const claim = (
  ctx: Ctx,
  ticketId: string,
  { word, takeOver: meant }: { word: string; takeOver: boolean },
  by: StaffActor,
): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const outcome = await takeIn(tx, { ticketId, staffId: by.id })
    if (outcome === 'no ticket') throw new DeskError('not_found', 'There is no such ticket in your workspace.')
    if (outcome === 'taken') return
    if (word === '' && meant)
      throw new DeskError('invalid_request', `Write a word to ${outcome.name}, so that they know why you take over.`)
    if (word === '') throw claimed(tx, outcome)
    await takeOver(ctx, tx, { ticketId, from: outcome, word }, by)
    await takeOrRefuse(tx, { ticketId, staffId: by.id })
  })

type On = { ticketId: string; staffId: string }

/** Takes or renews silently, because somebody acts on the ticket. @throws DeskError claimed while somebody else is on it */
export async function takeOrRefuse(tx: Tx, on: On): Promise<void> {
  const outcome = await takeIn(tx, on)
  if (typeof outcome !== 'string') throw claimed(tx, outcome)
}

/** @returns whose it is when it is somebody else's */
async function takeIn(tx: Tx, on: On): Promise<'taken' | 'no ticket' | OpenClaim> {
  if (await insertOrRenew(tx, on)) return 'taken'
  const open = await openClaimOf(tx, on.ticketId)
  if (open === null) return takeSurvivor(tx, on)
  if (open.until > tx.now) return open
  await endRunOut(tx, on.ticketId)
  if (await insertOrRenew(tx, on)) return 'taken'
  return (await openClaimOf(tx, on.ticketId)) ?? 'no ticket' // somebody was quicker
}

/** What was merged goes on elsewhere, and so does whoever begins on it. */
async function takeSurvivor(tx: Tx, on: On): ReturnType<typeof takeIn> {
  const ticketId = await goingOnOf(tx, on.ticketId)
  return ticketId === on.ticketId ? 'no ticket' : takeIn(tx, { ...on, ticketId })
}

/** One statement for the usual cases: nobody was on it, or the same person still is. */
async function insertOrRenew(tx: Tx, { ticketId, staffId }: On): Promise<boolean> {
  const id = newId(tx.now)
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    insert into desk.ticket_claim as c (workspace_id, id, ticket_id, staff_id, since, touched_at, until)
    select t.workspace_id, ${id}::uuid, t.id, ${staffId}::uuid, ${tx.now}, ${tx.now}, ${tx.now}::timestamptz + make_interval(mins => ${minutesSql(tx.workspaceId)})
    from desk.ticket t where t.workspace_id = ${tx.workspaceId}::uuid and t.id = ${ticketId}::uuid and t.merged_into_id is null
    on conflict (workspace_id, ticket_id) where ended_at is null
      do update set until = greatest(c.until, excluded.until), touched_at = excluded.touched_at
      where c.staff_id = excluded.staff_id and c.until > excluded.touched_at
    returning c.id::text`
  if (row?.id === id)
    await record(tx, [claimTaken({ ticketId, claimId: id, staffId, by: { kind: 'staff', id: staffId } })])
  return row !== undefined
}

const claimed = (tx: Tx, { name, since }: OpenClaim) =>
  new DeskError(
    'claimed',
    `${name} has ${sinceWords(tx.now.getTime() - since.getTime())}. Take over on the ticket’s card with a word to ${name}, or wait.`,
  )

function sinceWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  return minutes < 1 ? 'just begun on this ticket' : `been on this ticket for ${minutes} min`
}
