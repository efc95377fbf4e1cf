import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { addHandleTime } from '../tickets/index.ts'

/** A claim that came to its end. */
export type Ended = { id: string; ticketId: string; staffId: string; seconds: number }

/**
 * What an ending statement returns: how long somebody was on the ticket. Who says that they are done was on it until then; of anybody
 * else only the last thing that they did is known, and that takes a minute.
 */
export const endedColumns = (until: 'now' | 'last act', now: Date): Prisma.Sql => Prisma.sql`
  c.id::text, c.ticket_id::text as "ticketId", c.staff_id::text as "staffId",
  ${until === 'now' ? Prisma.sql`extract(epoch from ${now}::timestamptz - c.since)::int` : LAST_ACT} as seconds`

const LAST_ACT = Prisma.sql`greatest(extract(epoch from c.touched_at - c.since), 60)::int`

/** Closes claims that ran out, of one ticket or of all: the time on each is told then. */
export async function endRunOut(tx: Tx, ticketId?: string): Promise<void> {
  const ended = await tx.$queryRaw<Ended[]>`
    update desk.ticket_claim c set ended_at = c.until
    where c.workspace_id = ${tx.workspaceId}::uuid and c.ended_at is null and c.until <= ${tx.now}
      ${ticketId === undefined ? Prisma.empty : Prisma.sql`and c.ticket_id = ${ticketId}::uuid`}
    returning ${endedColumns('last act', tx.now)}`
  await addHandleTime(tx, ended)
}

/** Whoever leaves is on nothing any more. */
export async function endClaimsOf(tx: Tx, staffIds: readonly string[]): Promise<void> {
  const ended = await tx.$queryRaw<Ended[]>`
    update desk.ticket_claim c set ended_at = least(c.until, ${tx.now})
    where c.workspace_id = ${tx.workspaceId}::uuid and c.staff_id = any(${staffIds}::uuid[]) and c.ended_at is null
    returning ${endedColumns('last act', tx.now)}`
  await addHandleTime(tx, ended)
}
