import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { addHandleTime } from '../tickets/index.ts'
import { type Ended, endedColumns } from './ending.ts'
import { claimTaken } from './events.ts'
import { minutesSql } from './settings.ts'

type Hands = { ticketIds: readonly string[]; fromId: string; toId: string }

/** Claims that live go to somebody else, for as long as a new one lives. What a third person is on stays theirs. */
export async function handClaimsOn(tx: Tx, { ticketIds, fromId, toId }: Hands, by: Actor): Promise<void> {
  const { workspaceId, now } = tx
  const ended = await tx.$queryRaw<Ended[]>`
    update desk.ticket_claim c set ended_at = ${now}
    where c.workspace_id = ${workspaceId}::uuid and c.ticket_id = any(${ticketIds}::uuid[]) and c.staff_id = ${fromId}::uuid
      and c.ended_at is null and c.until > ${now}
    returning ${endedColumns('last act', now)}`
  if (ended.length === 0) return
  await addHandleTime(tx, ended)
  const claims = ended.map(({ ticketId }) => ({ ticketId, claimId: newId(now), staffId: toId }))
  await tx.$executeRaw`
    insert into desk.ticket_claim (workspace_id, id, ticket_id, staff_id, since, touched_at, until)
    select ${workspaceId}::uuid, n.id, n.ticket_id, ${toId}::uuid, ${now}, ${now}, ${now}::timestamptz + make_interval(mins => ${minutesSql(workspaceId)})
    from unnest(${claims.map(({ claimId }) => claimId)}::uuid[], ${claims.map(({ ticketId }) => ticketId)}::uuid[]) as n (id, ticket_id)`
  await record(
    tx,
    claims.map((claim) => claimTaken({ ...claim, by })),
  )
}
