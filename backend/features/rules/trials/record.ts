import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { Past } from './waiting-for.ts'

type Reading = { since: Date; types: readonly string[]; place: readonly [Date, string] | null; limit: number }

/** Events of some types, newest first. Exported so that a test can look at its plan. */
export const pastSql = (workspaceId: string, { since, types, place, limit }: Reading): Prisma.Sql => Prisma.sql`
  select id::text, recorded_at as at, occurred_at as "occurredAt", type, ticket_id::text as "ticketId", payload from desk.event
  where workspace_id = ${workspaceId}::uuid and recorded_at >= ${since}
    ${place === null ? Prisma.empty : Prisma.sql`and recorded_at <= ${place[0]} and (recorded_at, id) < (${place[0]}, ${place[1]}::uuid)`}
    and type = any(${[...types]}::text[]) and not historical and ticket_id is not null
  order by recorded_at desc, id desc limit ${Prisma.raw(String(Math.trunc(limit)))}`

export const readPast = (tx: Tx, reading: Reading): Promise<Past[]> =>
  tx.$queryRaw<Past[]>(pastSql(tx.workspaceId, reading))

/** What tells how a ticket stood. */
const TELLING = [
  'ticket.created',
  'ticket.moved',
  'ticket.prioritised',
  'ticket.assigned',
  'ticket.snoozed',
  'ticket.woken',
  'ticket.voided',
  'ticket.unvoided',
  'mail.received',
  'reply.sent',
]

/** What happened to tickets, oldest first, by ticket. Exported so that a test can look at its plan. */
export const historySql = (workspaceId: string, ticketIds: readonly string[]): Prisma.Sql => Prisma.sql`
  select e.id::text, e.recorded_at as at, e.occurred_at as "occurredAt", e.type, e.ticket_id::text as "ticketId", e.payload
  from unnest(${[...ticketIds]}::uuid[]) as k (id) cross join lateral (
    select * from desk.event where workspace_id = ${workspaceId}::uuid and ticket_id = k.id and type = any(${TELLING}::text[])
    order by occurred_at desc, id desc limit 1000) e
  order by e.recorded_at, e.id`

export async function historiesOf(tx: Tx, ticketIds: readonly string[]): Promise<Map<string, Past[]>> {
  const rows = await tx.$queryRaw<Past[]>(historySql(tx.workspaceId, ticketIds))
  return Map.groupBy(rows, ({ ticketId }) => ticketId)
}
