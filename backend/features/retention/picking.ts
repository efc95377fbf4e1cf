import { Prisma } from '../../generated/prisma/client.ts'
import { OPEN_ACTIONS } from '../combined-actions/index.ts'

export type Place = { at: Date; id: string }
export const START: Place = { at: new Date(0), id: '00000000-0000-0000-0000-000000000000' }

/** Nobody holds the ticket or its customer. */
const unheld = Prisma.sql`
  not exists (select from desk.legal_hold h where h.workspace_id = t.workspace_id and h.subject_id = t.id and h.lifted_at is null)
  and not exists (select from desk.legal_hold h where h.workspace_id = t.workspace_id and h.subject_id = t.customer_id and h.lifted_at is null)`

/** Nothing that was asked of Gmail or Shopify for it is still under way. */
const settled = Prisma.sql`
  not exists (select from desk.journal_entry e where e.workspace_id = t.workspace_id and e.ticket_id = t.id and e.state in ('planned', 'running', 'waiting', 'unknown'))
  and not exists (select from desk.combined_action a where a.workspace_id = t.workspace_id and a.ticket_id = t.id
    and a.state in (${Prisma.join([...OPEN_ACTIONS])}))`

/** What the index `ticket_to_forget` holds, word for word. A solved ticket is finished even where nothing ever closes it. */
const finished = Prisma.sql`
  (t.status in ('solved', 'closed') or t.void_reason is not null) and (t.forgotten_at is null or t.last_message_at > t.forgotten_at)`

/**
 * Finished tickets whose last word is older, the oldest first, after a place. What somebody works on right now waits for the next night.
 * A merged ticket goes when the one that it went into is finished, too.
 */
export const agedSql = (workspaceId: string, before: Date, after: Place, most: number): Prisma.Sql => Prisma.sql`
  select t.id::text, t.last_message_at as at, t.customer_id::text as "customerId" from desk.ticket t
  where t.workspace_id = ${workspaceId}::uuid and ${finished}
    and t.last_message_at < ${before} and (t.last_message_at, t.id) > (${after.at}, ${after.id}::uuid) and t.solved_at < ${before}
    and ${unheld} and ${settled}
    and not exists (select from desk.ticket g where g.workspace_id = t.workspace_id and g.id = t.merged_into_id
      and g.status not in ('solved', 'closed') and g.void_reason is null)
  order by t.last_message_at, t.id limit ${most} for update of t skip locked`

/** How many there are, up to a limit; and how many of them are held, which is read from the holds. */
export const countAgedSql = (workspaceId: string, before: Date, most: number): Prisma.Sql => Prisma.sql`
  select (select count(*)::int from (
      select from desk.ticket t where t.workspace_id = ${workspaceId}::uuid and ${finished} and t.last_message_at < ${before} and t.solved_at < ${before}
      order by t.last_message_at, t.id limit ${most}) aged) as "all",
    (select count(distinct id)::int from (
      select t.id from desk.legal_hold h join desk.ticket t on t.workspace_id = h.workspace_id and t.id = h.subject_id
      where h.workspace_id = ${workspaceId}::uuid and h.lifted_at is null and h.about = 'ticket' and ${finished} and t.last_message_at < ${before} and t.solved_at < ${before}
      union all
      select t.id from desk.legal_hold h join desk.ticket t on t.workspace_id = h.workspace_id and t.customer_id = h.subject_id
      where h.workspace_id = ${workspaceId}::uuid and h.lifted_at is null and h.about = 'customer' and ${finished} and t.last_message_at < ${before}
        and t.solved_at < ${before}) kept) as held`

/** Tickets of one customer that hold words, by their id: an erasure takes open ones, too. */
export const ticketsOfSql = (
  workspaceId: string,
  customerId: string,
  after: string,
  most: number,
): Prisma.Sql => Prisma.sql`
  select t.id::text, t.last_message_at as at, t.customer_id::text as "customerId" from desk.ticket t
  where t.workspace_id = ${workspaceId}::uuid and t.customer_id = ${customerId}::uuid and t.id > ${after}::uuid
    and (t.forgotten_at is null or t.last_message_at > t.forgotten_at)
  order by t.id limit ${most} for update of t`

export type LoosePlace = { at: Date; mailboxId: string; gmailId: string }
export const LOOSE_START: LoosePlace = { at: new Date(0), mailboxId: START.id, gmailId: '' }

/** Mails that became no message and whose bytes are here: ignored ones and spam. @param before null for all of them */
export const looseSql = (
  workspaceId: string,
  before: Date | null,
  after: LoosePlace,
  most: number,
): Prisma.Sql => Prisma.sql`
  select m.received_at as at, m.mailbox_id::text as "mailboxId", m.gmail_id as "gmailId", m.raw_id::text as "rawId", m.raw_at as "rawAt"
  from desk.mailbox_mail m
  where m.workspace_id = ${workspaceId}::uuid and m.state = 'ended' and m.message_id is null and m.raw_id is not null
    and (m.received_at, m.mailbox_id, m.gmail_id) > (${after.at}, ${after.mailboxId}::uuid, ${after.gmailId})
    ${before ? Prisma.sql`and m.received_at < ${before}` : Prisma.empty}
  order by m.received_at, m.mailbox_id, m.gmail_id limit ${most}`

/** Customers of whom nothing is left but forgotten tickets. */
export const emptiedSql = (workspaceId: string, customerIds: readonly string[]): Prisma.Sql => Prisma.sql`
  select c.id::text from desk.customer c
  where c.workspace_id = ${workspaceId}::uuid and c.id = any(${[...customerIds]}::uuid[])
    and not exists (select from desk.ticket t where t.workspace_id = c.workspace_id and t.customer_id = c.id
      and (t.forgotten_at is null or t.last_message_at > t.forgotten_at))
    and not exists (select from desk.task k where k.workspace_id = c.workspace_id and k.customer_id = c.id and k.done_at is null)
    and not exists (select from desk.legal_hold h where h.workspace_id = c.workspace_id and h.subject_id = c.id and h.lifted_at is null)
  order by c.id for update`
