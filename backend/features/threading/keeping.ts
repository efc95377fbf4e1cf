import { Prisma } from '../../generated/prisma/client.ts'
import { systemOf } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { suggestionMade } from './events.ts'

/** What is supposed of a ticket, and by what. */
export type Supposed = { ticketId: string } & (
  | { kind: 'join'; otherId: string; cause: 'same_subject' | 'named_both' }
  | { kind: 'split'; messageId: string; cause: 'new_subject' }
)

type Made = { id: string; ticketId: string; kind: Supposed['kind']; otherId: string | null; cause: Supposed['cause'] }

/** Notes what is supposed, each once and for all: what was dismissed is not supposed again. */
export async function suggest(tx: Tx, supposed: readonly Supposed[]): Promise<void> {
  if (supposed.length === 0) return
  const made = await tx.$queryRaw<Made[]>`
    insert into desk.ticket_suggestion (workspace_id, id, ticket_id, kind, other_id, message_id, cause, at)
    values ${Prisma.join(supposed.map((one) => rowSql(tx, one)))}
    on conflict do nothing returning id::text, ticket_id::text as "ticketId", kind, other_id::text as "otherId", cause`
  const by = systemOf(tx.workspaceId)
  await record(
    tx,
    made.map(({ id: suggestionId, ...rest }) => suggestionMade({ ...rest, suggestionId, by })),
  )
}

function rowSql({ workspaceId, now }: Tx, one: Supposed): Prisma.Sql {
  const [otherId, messageId] = one.kind === 'join' ? [one.otherId, null] : [null, one.messageId]
  return Prisma.sql`(${workspaceId}::uuid, ${newId(now)}::uuid, ${one.ticketId}::uuid, ${one.kind}, ${otherId}::uuid, ${messageId}::uuid, ${one.cause}, ${now}::timestamptz)`
}
