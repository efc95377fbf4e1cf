import type { Tx } from '../../../platform/tenancy.ts'
import type { Moved } from '../why-words.ts'
import type { Answering } from './following-answers.ts'
import type { Mails } from './standing.ts'

/**
 * Puts messages on another ticket, where they are read, answered and found from now on.
 * @param how what moves them; null when they come back to where they came from
 * @returns those that were there to be moved
 */
export async function moveMessages(
  tx: Tx,
  { fromId, toId, how }: { fromId: string; toId: string; how: Moved | null },
  only?: readonly string[],
): Promise<string[]> {
  const chosen = only ?? (await messageIdsOf(tx, fromId))
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update desk.message set ticket_id = ${toId}::uuid, moved = ${how}
    where workspace_id = ${tx.workspaceId}::uuid and id = any(${chosen}::uuid[]) and ticket_id = ${fromId}::uuid returning id::text`
  await tx.$executeRaw`
    update desk.mention set ticket_id = ${toId}::uuid
    where workspace_id = ${tx.workspaceId}::uuid and message_id = any(${rows.map(({ id }) => id)}::uuid[])`
  return rows.map(({ id }) => id)
}

async function messageIdsOf(tx: Tx, ticketId: string): Promise<string[]> {
  const rows = await tx.message.findMany({ where: { workspaceId: tx.workspaceId, ticketId }, select: { id: true } })
  return rows.map(({ id }) => id)
}

/** What the mails of a ticket say about themselves without being opened; notes are none. */
export const mailsOf = (tx: Tx, ticketId: string): Promise<Answering[]> =>
  tx.message.findMany({
    where: { workspaceId: tx.workspaceId, ticketId, direction: { not: 'note' } },
    select: { id: true, mailKey: true, answersKey: true },
  })

/**
 * Writes anew what a ticket says of its messages: how many there are, the newest mail, and the first answer to what was asked. A ticket
 * that has none left keeps what it said.
 */
export async function recount(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    update desk.ticket t set message_count = c.count, last_message_at = coalesce(c.newest, t.last_message_at),
      first_response_at = case when c.count = 0 or t.channel <> 'mail' then t.first_response_at else r.sent_at end,
      first_response_by_id = case when c.count = 0 or t.channel <> 'mail' then t.first_response_by_id else r.staff_id end
    from unnest(${ticketIds}::uuid[]) as wanted (id)
    join desk.ticket w on w.workspace_id = ${tx.workspaceId}::uuid and w.id = wanted.id
    cross join lateral (
      select count(*)::int as count, max(m.sent_at) filter (where m.direction <> 'note') as newest,
        min(m.sent_at) filter (where m.direction = 'in' and (not m.automatic or m.sent_at <= w.created_at)) as asked_at
      from desk.message m where m.workspace_id = w.workspace_id and m.ticket_id = w.id) c
    left join lateral (
      select m.sent_at, case when m.author_kind = 'staff' then m.author_id end as staff_id from desk.message m
      where m.workspace_id = w.workspace_id and m.ticket_id = w.id and m.direction = 'out' and not m.automatic and m.sent_at > c.asked_at
      order by m.sent_at, m.id limit 1) r on true
    where t.workspace_id = w.workspace_id and t.id = w.id`
}

/** Who of customer and team has the last word on a ticket; a machine asks only where it opened the ticket. */
export async function lastWordOn(tx: Tx, ticketId: string): Promise<Mails> {
  const [row] = await tx.$queryRaw<Mails[]>`
    select o.at is not null as answered, (
      select min(m.sent_at) from desk.message m where m.workspace_id = t.workspace_id and m.ticket_id = t.id and m.direction = 'in'
        and (not m.automatic or m.sent_at <= t.created_at) and m.sent_at > coalesce(o.at, '-infinity')) as since
    from desk.ticket t cross join lateral (
      select max(m.sent_at) as at from desk.message m
      where m.workspace_id = t.workspace_id and m.ticket_id = t.id and m.direction = 'out' and not m.automatic) o
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = ${ticketId}::uuid`
  if (!row) throw new Error('A ticket that is locked is there')
  return row
}
