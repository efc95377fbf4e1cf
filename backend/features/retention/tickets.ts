import type { RetentionMode } from '../../../shared/retention.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { sqlStateOf } from '../../platform/database-errors.ts'
import { record } from '../../platform/events.ts'
import { partly } from '../../platform/savepoint.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { forgetPeopleOfTickets } from '../combined-actions/index.ts'
import { forgetBeside, forgetLinks } from './beside-tickets.ts'
import { emptyMessages, messagesOf } from './conversations.ts'
import { ticketForgotten } from './events.ts'
import { type Counts, FORGOTTEN, sumOf } from './forgotten-words.ts'
import { emptyRequests } from './requests.ts'

type Wish = { ticketIds: readonly string[]; mode: RetentionMode; runId: string; by: Pick<Actor, 'kind' | 'id'> }

/**
 * Forgets tickets that the caller holds: what was said, files, words to be found by, notes, tasks, forms, requests. Numbers, times and who
 * of the team did what stay; so do actions with their amounts, without whom they were for.
 * @returns what there was, by kind
 */
export async function forgetTickets(ctx: Ctx, tx: Tx, { ticketIds, mode, runId, by }: Wish): Promise<Counts> {
  if (ticketIds.length === 0) return {}
  const box = await ctx.keyring.box(tx)
  const said = await messagesOf(tx, ticketIds)
  const messageIds = said.map(({ id }) => id)
  const actions = await forgetPeopleOfTickets(tx, box, ticketIds)
  const requests = await emptyRequests(tx, box, ticketIds)
  const beside = await forgetBeside(tx, { ticketIds, messageIds })
  const conversations = await emptyMessages(tx, box, said)
  await forgetBuyersOfCards(tx, ticketIds)
  await emptyTickets(tx, ticketIds)
  if (mode === 'delete') await deleteWhole(tx, { ticketIds, messageIds })
  await record(
    tx,
    ticketIds.map((ticketId) => ticketForgotten({ ticketId, mode, runId, by })),
  )
  const counts = [{ tickets: ticketIds.length, actions, requests }, beside, conversations]
  return counts.reduce<Counts>(sumOf, {})
}

/** The log of gift cards stays; whom a card went to does not. */
const forgetBuyersOfCards = (tx: Tx, ticketIds: readonly string[]) =>
  tx.giftCardIssue.updateMany({
    where: { workspaceId: tx.workspaceId, ticketId: { in: [...ticketIds] } },
    data: { customerShopifyId: null },
  })

const emptyTickets = (tx: Tx, ticketIds: readonly string[]) =>
  tx.ticket.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: [...ticketIds] } },
    data: { subject: FORGOTTEN, triage: Prisma.DbNull, forgottenAt: tx.now, thanksAt: null, version: { increment: 1 } },
  })

type Ids = { ticketIds: readonly string[]; messageIds: readonly string[] }

/**
 * Takes emptied tickets out altogether. One that the books name, or that something else still hangs on, stays as an empty row.
 */
async function deleteWhole(tx: Tx, { ticketIds, messageIds }: Ids): Promise<void> {
  const free = await unbooked(tx, ticketIds)
  const all = { ticketIds: free, messageIds: (await messagesOf(tx, free)).map(({ id }) => id) }
  if (await isDone(tx, () => deleteRows(tx, all))) return
  for (const ticketId of free) {
    const own = (await messagesOf(tx, [ticketId])).map(({ id }) => id).filter((id) => messageIds.includes(id))
    await isDone(tx, () => deleteRows(tx, { ticketIds: [ticketId], messageIds: own })) // rare: a row of another ticket names this one
  }
}

async function isDone(tx: Tx, work: () => Promise<void>): Promise<boolean> {
  try {
    await partly(tx, work)
    return true
  } catch (error) {
    if (!isNamedElsewhere(error)) throw error
    return false
  }
}

/** PostgreSQL: foreign_key_violation. */
const isNamedElsewhere = (error: unknown): boolean => sqlStateOf(error) === '23503'

async function deleteRows(tx: Tx, ids: Ids): Promise<void> {
  const { workspaceId } = tx
  await forgetLinks(tx, ids)
  await tx.$executeRaw`
    update desk.mailbox_mail set message_id = null where workspace_id = ${workspaceId}::uuid and message_id = any(${[...ids.messageIds]}::uuid[])`
  await tx.$executeRaw`delete from desk.message where workspace_id = ${workspaceId}::uuid and id = any(${[...ids.messageIds]}::uuid[])`
  await tx.$executeRaw`delete from desk.ticket where workspace_id = ${workspaceId}::uuid and id = any(${[...ids.ticketIds]}::uuid[])`
}

/** Tickets that no action and no gift card names: the books show the number of the ticket that something was given on. */
async function unbooked(tx: Tx, ticketIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select w.id::text from unnest(${[...ticketIds]}::uuid[]) as w (id)
    where not exists (select from desk.combined_action a where a.workspace_id = ${tx.workspaceId}::uuid and a.ticket_id = w.id)
      and not exists (select from desk.gift_card_issue g where g.workspace_id = ${tx.workspaceId}::uuid and g.ticket_id = w.id)`
  return rows.map(({ id }) => id)
}
