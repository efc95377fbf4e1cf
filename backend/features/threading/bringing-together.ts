import { Prisma } from '../../generated/prisma/client.ts'
import { systemOf } from '../../platform/actor.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { mergeIn } from '../tickets/index.ts'
import { suggest } from './keeping.ts'

/** One mail may show so many tickets to be one; who names more of them is not answering a conversation. */
const MOST = 5

type Row = {
  id: string
  /** Nobody of the team has done more with it than answer. */
  untouched: boolean
}

/**
 * A mail that came late may belong to several tickets by signs that each would have been enough: had it come in its turn, there would be
 * one ticket. Tickets that nobody has worked on become one, so that it does not matter in which order mails come; the rest is suggested.
 * What people parted or finished stays as they left it.
 */
export async function bringTogether(tx: Tx, ticketId: string, also: readonly string[]): Promise<void> {
  if (also.length === 0 || also.length > MOST) return
  const rows = await rowsOf(tx, [ticketId, ...also])
  if (rows.length < 2 || (await partedAmong(tx, rows))) return
  const touched = rows.filter(({ untouched }) => !untouched)
  const [survivor, ...others] = touched.length > 0 ? [...touched, ...rows.filter((row) => row.untouched)] : rows
  if (!survivor) return
  const [merged, doubtful] = [others.filter((row) => row.untouched), others.filter((row) => !row.untouched)]
  if (merged.length > 0) {
    const wish = { ticketIds: merged.map(({ id }) => id), acrossCustomers: true }
    await mergeIn(tx, survivor.id, wish, systemOf(tx.workspaceId))
  }
  await suggest(
    tx,
    doubtful.map(({ id }) => ({ kind: 'join', ticketId: id, otherId: survivor.id, cause: 'named_both' })),
  )
}

/** What answering does by itself; every other act of a person means that they work on the ticket. */
const ANSWERING = ['reply.sent', 'ticket.created', 'ticket.moved', 'ticket.first_responded', 'mail.received']

/** The tickets that go on for these, the oldest first. */
const rowsOf = (tx: Tx, ids: readonly string[]): Promise<Row[]> => tx.$queryRaw<Row[]>(standingSql(tx.workspaceId, ids))

export const standingSql = (workspaceId: string, ids: readonly string[]): Prisma.Sql => Prisma.sql`
  with recursive chain as (
    select id, merged_into_id from desk.ticket where workspace_id = ${workspaceId}::uuid and id = any(${[...ids]}::uuid[])
    union
    select t.id, t.merged_into_id from chain join desk.ticket t on t.workspace_id = ${workspaceId}::uuid and t.id = chain.merged_into_id)
  select t.id::text, not exists (
      select from desk.event e where e.workspace_id = t.workspace_id and e.ticket_id = t.id and e.actor_kind in ('staff', 'key')
        and e.type <> all(${ANSWERING}::text[])) as untouched
  from chain join desk.ticket t on t.workspace_id = ${workspaceId}::uuid and t.id = chain.id
  where chain.merged_into_id is null and t.void_reason is null and t.status in ('new', 'open', 'pending')
  order by t.number`

/** Whether a person took two of these apart, or one goes on for its customer where another ticket was finished. */
async function partedAmong(tx: Tx, rows: readonly Pick<Row, 'id'>[]): Promise<boolean> {
  const ids = rows.map(({ id }) => id)
  const [row] = await tx.$queryRaw<{ parted: boolean }[]>`
    select exists (select from desk.ticket_regrouping r where r.workspace_id = ${tx.workspaceId}::uuid
        and r.from_id = any(${ids}::uuid[]) and r.to_id = any(${ids}::uuid[]) and (r.kind = 'split') = (r.undone_at is null))
      or exists (select from desk.ticket t where t.workspace_id = ${tx.workspaceId}::uuid and t.id = any(${ids}::uuid[]) and t.follows_id is not null) as parted`
  return row?.parted ?? false
}
