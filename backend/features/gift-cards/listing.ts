import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { packCursor, readCursor } from '../../platform/signer.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { openSealedCode } from './issuing.ts'
import { type LogRow, logRows, presentRow } from './rows.ts'

type Page = { last?: string | undefined; cursor?: string | undefined; limit: number }

const LAST = 4

/** One page of the log, the newest card first. */
export async function listLog(ctx: Pick<Ctx, 'signer' | 'keyring'>, tx: Tx, { last, cursor, limit }: Page) {
  const list = `gift-cards/${tx.workspaceId}/${last ?? ''}`
  const after = readCursor(ctx.signer, list, cursor)
  const rows = await tx.$queryRaw<LogRow[]>(
    logPage(tx.workspaceId, { last: last?.slice(-LAST), after, limit: limit + 1 }),
  )
  const box = await ctx.keyring.box(tx)
  const items = rows.slice(0, limit)
  const end = rows.length > limit ? items.at(-1) : undefined
  const endsSo = ({ id, code }: LogRow) =>
    last === undefined || last.length <= LAST || code === null || openSealedCode(box, id, code).endsWith(last)
  return {
    items: items.filter(endsSo).map((row) => presentRow(box, row)),
    next: end ? packCursor(ctx.signer, list, [end.createdAt.toISOString(), end.id]) : null,
  }
}

/** The statement of one page; exported so that a test can ask PostgreSQL for its plan. */
export function logPage(
  workspaceId: string,
  { last, after, limit }: { last?: string | undefined; after: readonly unknown[] | null; limit: number },
): Prisma.Sql {
  const [at, id] = after ?? []
  return Prisma.sql`
    ${logRows(Prisma.sql`
      select * from desk.gift_card_issue where workspace_id = ${workspaceId}::uuid
        ${last === undefined ? Prisma.empty : Prisma.sql`and last = ${last}`}
        ${after ? Prisma.sql`and (created_at, id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
      order by created_at desc, id desc limit ${limit}`)}
    order by g.created_at desc, g.id desc`
}
