import type { Tx } from '../../../platform/tenancy.ts'
import type { LockedTicket } from '../locking.ts'

/** What stood beside a ticket and is put beside its survivor, so that undoing can take away exactly that. */
export type Along = { orders: string[]; mentions: string[]; replies: string[] }

/**
 * Orders stay where they are and are put beside the survivor as well. That somebody proved to know an order counts for the customer
 * who proved it, so it does not go to a ticket of another one. Answers that are on their way are watched on the survivor.
 */
export async function takeAlong(tx: Tx, merged: LockedTicket, survivor: LockedTicket): Promise<Along> {
  const { workspaceId } = tx
  const sameCustomer = merged.customerId === survivor.customerId
  const orders = await tx.$queryRaw<{ id: string }[]>`
    insert into desk.ticket_order (workspace_id, ticket_id, order_id, via, by_id, at, confirmed_at)
    select o.workspace_id, ${survivor.id}::uuid, o.order_id, o.via, o.by_id, o.at, case when ${sameCustomer} then o.confirmed_at end
    from desk.ticket_order o where o.workspace_id = ${workspaceId}::uuid and o.ticket_id = ${merged.id}::uuid and o.undone_at is null
    on conflict (workspace_id, ticket_id, order_id) do nothing returning order_id::text as id`
  const mentions = await tx.$queryRaw<{ key: string }[]>`
    insert into desk.order_mention (workspace_id, ticket_id, key, at)
    select o.workspace_id, ${survivor.id}::uuid, o.key, o.at from desk.order_mention o
    where o.workspace_id = ${workspaceId}::uuid and o.ticket_id = ${merged.id}::uuid
    on conflict (workspace_id, ticket_id, key) do nothing returning key`
  const replies = await tx.$queryRaw<{ id: string }[]>`
    update desk.journal_entry set ticket_id = ${survivor.id}::uuid
    where workspace_id = ${workspaceId}::uuid and ticket_id = ${merged.id}::uuid and kind = 'gmail.reply' and state <> 'done' returning id::text`
  return {
    orders: orders.map(({ id }) => id),
    mentions: mentions.map(({ key }) => key),
    replies: replies.map(({ id }) => id),
  }
}

/** Takes back what came along, but what a person has done to it since, and what another merged ticket brought as well. */
export async function giveBack(tx: Tx, mergedId: string, survivorId: string, along: Along): Promise<void> {
  const { workspaceId } = tx
  await tx.$executeRaw`
    delete from desk.ticket_order mine using desk.ticket_order theirs
    where mine.workspace_id = ${workspaceId}::uuid and mine.ticket_id = ${survivorId}::uuid and mine.order_id = any(${along.orders}::uuid[])
      and theirs.workspace_id = mine.workspace_id and theirs.ticket_id = ${mergedId}::uuid and theirs.order_id = mine.order_id
      and theirs.at = mine.at and theirs.by_id is not distinct from mine.by_id and mine.undone_at is null
      and not exists (select from desk.ticket t join desk.ticket_order o on o.workspace_id = t.workspace_id and o.ticket_id = t.id and o.order_id = mine.order_id
        where t.workspace_id = mine.workspace_id and t.merged_into_id = mine.ticket_id and t.id <> ${mergedId}::uuid)`
  await tx.$executeRaw`
    delete from desk.order_mention mine
    where mine.workspace_id = ${workspaceId}::uuid and mine.ticket_id = ${survivorId}::uuid and mine.key = any(${along.mentions}::text[])
      and not exists (select from desk.ticket t join desk.order_mention o on o.workspace_id = t.workspace_id and o.ticket_id = t.id and o.key = mine.key
        where t.workspace_id = mine.workspace_id and t.merged_into_id = mine.ticket_id and t.id <> ${mergedId}::uuid)`
  await tx.$executeRaw`
    update desk.journal_entry set ticket_id = ${mergedId}::uuid
    where workspace_id = ${workspaceId}::uuid and id = any(${along.replies}::uuid[]) and ticket_id = ${survivorId}::uuid and state <> 'done'`
}
