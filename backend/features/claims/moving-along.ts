import { type Fact, record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { addHandleTime } from '../tickets/index.ts'
import { type Ended, endedColumns, endRunOut } from './ending.ts'
import { claimYielded } from './events.ts'

type Yielded = Ended & { survivorId: string; holderId: string }

/**
 * Whoever is on a ticket that goes into another one is on that one from then on. Where somebody is on it already, one stays and the
 * other is told, because both have an answer for the same customer in hand.
 */
export async function moveAlong(tx: Tx, facts: readonly Fact[]): Promise<void> {
  const from = facts.map(({ ticketId }) => ticketId)
  const to = facts.map(({ payload }) => payload['otherId'])
  const [known] = await tx.$queryRaw<{ any: boolean }[]>`
    select exists (select from desk.ticket_claim where workspace_id = ${tx.workspaceId}::uuid and ticket_id = any(${from}::uuid[])
      and ended_at is null) as any`
  if (!known?.any) return
  await endRunOut(tx)
  await tx.$executeRaw`
    update desk.ticket_claim c set ticket_id = went.survivor_id
    from unnest(${from}::uuid[], ${to}::uuid[]) as went (ticket_id, survivor_id)
    where c.workspace_id = ${tx.workspaceId}::uuid and c.ticket_id = went.ticket_id and c.ended_at is null
      and not exists (select from desk.ticket_claim k where k.workspace_id = c.workspace_id and k.ticket_id = went.survivor_id and k.ended_at is null)`
  const yielded = await tx.$queryRaw<Yielded[]>`
    update desk.ticket_claim c set ended_at = ${tx.now}
    from unnest(${from}::uuid[], ${to}::uuid[]) as went (ticket_id, survivor_id)
    join desk.ticket_claim k on k.workspace_id = ${tx.workspaceId}::uuid and k.ticket_id = went.survivor_id and k.ended_at is null
    where c.workspace_id = ${tx.workspaceId}::uuid and c.ticket_id = went.ticket_id and c.ended_at is null
    returning ${endedColumns('last act', tx.now)}, went.survivor_id::text as "survivorId", k.staff_id::text as "holderId"`
  await addHandleTime(tx, yielded)
  await record(
    tx,
    yielded
      .filter(({ staffId, holderId }) => staffId !== holderId)
      .map(({ id: claimId, ticketId: otherId, survivorId: ticketId, staffId, holderId }) =>
        claimYielded({
          ticketId,
          otherId,
          claimId,
          staffId,
          holderId,
          by: facts[0]?.by ?? { kind: 'system', id: null },
        }),
      ),
  )
}
