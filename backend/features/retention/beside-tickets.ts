import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { Counts, Kind } from './forgotten-words.ts'

/** Tables whose rows go with a ticket or with a message, whatever is done with the ticket itself. */
const WITH_TICKETS: readonly [table: string, key: string, counted: Kind][] = [
  ['search_document', 'ticket_id', 'search_words'],
  ['message_reference', 'ticket_id', 'search_words'],
  ['task', 'ticket_id', 'tasks'],
  ['reminder', 'ticket_id', 'reminders'],
  ['field_value', 'owner_id', 'field_values'],
  ['field_change', 'owner_id', 'field_values'],
  ['action_draft', 'ticket_id', 'forms'],
  ['claim_takeover', 'ticket_id', 'words_beside'],
  ['order_mention', 'ticket_id', 'words_beside'],
  ['ticket_order', 'ticket_id', 'words_beside'],
  ['quarantined_mail', 'ticket_id', 'loose_mails'],
  ['unanswered_thread', 'ticket_id', 'words_beside'],
]
const WITH_MESSAGES: readonly [table: string, key: string, counted: Kind][] = [
  ['spoken_promise', 'message_id', 'promises'],
  ['said_otherwise', 'message_id', 'promises'],
  ['delivery_failure', 'message_id', 'words_beside'],
  ['delivery_failure', 'report_id', 'words_beside'],
]
/** Rows that only count once a ticket is gone altogether. */
const WITH_WHOLE_TICKETS: readonly [table: string, key: string][] = [
  ['mention', 'message_id'],
  ['ticket_contact', 'message_id'],
]
const LINKS_OF_WHOLE_TICKETS: readonly [table: string, key: string][] = [
  ['handover_ticket', 'ticket_id'],
  ['left_ticket', 'ticket_id'],
]

type Ids = { ticketIds: readonly string[]; messageIds: readonly string[] }

/** Forgets what other features keep beside tickets, a statement for each table. Every one of them has an index by its key. */
export async function forgetBeside(tx: Tx, { ticketIds, messageIds }: Ids): Promise<Counts> {
  const counts: Counts = {}
  for (const [table, key, kind] of WITH_TICKETS)
    counts[kind] = (counts[kind] ?? 0) + (await tx.$executeRaw(deleteSql(tx.workspaceId, table, key, ticketIds)))
  for (const [table, key, kind] of WITH_MESSAGES)
    counts[kind] = (counts[kind] ?? 0) + (await tx.$executeRaw(deleteSql(tx.workspaceId, table, key, messageIds)))
  counts.words_beside = (counts.words_beside ?? 0) + (await forgetWords(tx, ticketIds))
  return counts
}

/** Links of tickets and messages that are deleted themselves. */
export async function forgetLinks(tx: Tx, { ticketIds, messageIds }: Ids): Promise<void> {
  for (const [table, key] of WITH_WHOLE_TICKETS) await tx.$executeRaw(deleteSql(tx.workspaceId, table, key, messageIds))
  for (const [table, key] of LINKS_OF_WHOLE_TICKETS)
    await tx.$executeRaw(deleteSql(tx.workspaceId, table, key, ticketIds))
  await tx.$executeRaw`
    delete from desk.ticket_link where workspace_id = ${tx.workspaceId}::uuid
      and (low_id = any(${[...ticketIds]}::uuid[]) or high_id = any(${[...ticketIds]}::uuid[]))`
}

/** Exported so that a test can look at the plan of each. */
export const deleteSql = (
  workspaceId: string,
  table: string,
  key: string,
  ids: readonly string[],
): Prisma.Sql => Prisma.sql`
  delete from ${Prisma.raw(`desk.${table}`)} where workspace_id = ${workspaceId}::uuid and ${Prisma.raw(key)} = any(${[...ids]}::uuid[])`

export const DELETED_BY_KEY = [
  ...WITH_TICKETS.map(([table, key]) => [table, key] as const),
  ...WITH_MESSAGES.map(([table, key]) => [table, key] as const),
  ...WITH_WHOLE_TICKETS,
  ...LINKS_OF_WHOLE_TICKETS,
]

/** Words of the staff among themselves may name who a ticket is of; that it was escalated or handed over stays. */
async function forgetWords(tx: Tx, ticketIds: readonly string[]): Promise<number> {
  const { workspaceId } = tx
  const ids = [...ticketIds]
  const escalations = await tx.$executeRaw`
    update desk.sla_escalation set word = null where workspace_id = ${workspaceId}::uuid and ticket_id = any(${ids}::uuid[]) and word is not null`
  const handovers = await tx.$executeRaw`
    update desk.handover set word = null where workspace_id = ${workspaceId}::uuid and word is not null and id in (
      select handover_id from desk.handover_ticket where workspace_id = ${workspaceId}::uuid and ticket_id = any(${ids}::uuid[]))`
  return escalations + handovers
}
