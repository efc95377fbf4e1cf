import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Database } from '../../platform/database.ts'
import type { Box } from '../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { type Envelope, lexemesOf } from '../tickets/index.ts'
import { writeTicketWords } from './ticket-words.ts'

const AT_ONCE = 100
/** The next round goes on, so that other work gets its turn. */
const BATCHES = 100

/**
 * Gives messages that are older than the search their words, a hundred in a transaction, from where the last round ended. Doing one
 * again changes nothing.
 */
export async function fillSearch(ctx: Ctx, workspaceId: string): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch++) {
    const isOver = await inWorkspace(ctx, workspaceId, async (tx) => fillSome(tx, await ctx.keyring.box(tx)))
    if (isOver) return
  }
}

/** Workspaces that have older messages. */
export async function unfilled({ db }: { db: Database }): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`select id::text as id from app.unfilled_workspaces() as id`
  return rows.map(({ id }) => id)
}

type Old = { id: string; ticketId: string; sentAt: Date; envelope: Uint8Array; body: Uint8Array }

/** @returns whether nothing is left */
async function fillSome(tx: Tx, box: Box): Promise<boolean> {
  const { workspaceId } = tx
  const [place] = await tx.$queryRaw<{ afterId: string }[]>`
    select after_id::text as "afterId" from desk.search_filling where workspace_id = ${workspaceId}::uuid for update`
  if (!place) return true
  const old = await tx.$queryRaw<Old[]>`
    select id::text, ticket_id::text as "ticketId", sent_at as "sentAt", envelope, body from desk.message
    where workspace_id = ${workspaceId}::uuid and id > ${place.afterId}::uuid order by id limit ${AT_ONCE} for share`
  const last = old.at(-1)
  if (!last) {
    await tx.searchFilling.delete({ where: { workspaceId } })
    return true
  }
  await writeWords(tx, box, old)
  await writeTicketWords(tx, await labelledAmong(tx, old))
  await tx.searchFilling.update({ where: { workspaceId }, data: { afterId: last.id } })
  return false
}

async function writeWords(tx: Tx, box: Box, old: readonly Old[]): Promise<void> {
  const said = old.map(({ id, envelope, body }) => ({
    envelope: JSON.parse(box.openText('message.envelope', id, envelope)) as Envelope,
    text: box.openText('message.body', id, body),
  }))
  const lexemes = await lexemesOf(tx, said)
  const rows = old.map(({ id, ticketId, sentAt }, n) => {
    return Prisma.sql`(${tx.workspaceId}::uuid, ${id}::uuid, ${ticketId}::uuid, ${sentAt}::timestamptz, ${lexemes[n] ?? Prisma.empty})`
  })
  await tx.$executeRaw`
    insert into desk.search_document (workspace_id, id, ticket_id, at, lexemes) values ${Prisma.join(rows)}
    on conflict (workspace_id, id) do nothing`
}

async function labelledAmong(tx: Tx, old: readonly Old[]): Promise<string[]> {
  const ids = [...new Set(old.map(({ ticketId }) => ticketId))]
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select t.id::text from desk.ticket t
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = any(${ids}::uuid[]) and (cardinality(t.tags) > 0 or t.category is not null
      or exists (select from desk.ticket_order o where o.workspace_id = t.workspace_id and o.ticket_id = t.id and o.undone_at is null))`
  return rows.map(({ id }) => id)
}
