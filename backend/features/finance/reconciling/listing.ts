import type { Reconciliation } from '../../../../shared/finance.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { shopIn } from '../shops.ts'
import { WORDS } from './differences.ts'

type Row = { id: string; fromAt: Date; toAt: Date; endedAt: Date | null; compared: number }

type Page = { cursor?: string | undefined; limit: number }

/** Comparisons of a shop with the journal, the newest first, each with all that it found. @throws DeskError not_found */
export const reconciliationsOf = (
  ctx: Ctx,
  workspaceId: string,
  shopId: string,
  { cursor, limit }: Page,
): Promise<{ items: Reconciliation[]; next: string | null }> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      await shopIn(tx, shopId)
      const list = `reconciliations/${workspaceId}/${shopId}`
      const before = readCursor(ctx.signer, list, cursor)
      const rows = await tx.$queryRaw<Row[]>(pageOfReconciliations(workspaceId, shopId, before, limit + 1))
      const shown = rows.slice(0, limit)
      const found = await tx.reconciliationDifference.findMany({
        where: { workspaceId, reconciliationId: { in: shown.map(({ id }) => id) } },
        orderBy: { position: 'asc' },
      })
      const names = await tx.shopOrder.findMany({
        where: { workspaceId, id: { in: found.flatMap(({ orderId }) => orderId ?? []) } },
        select: { id: true, name: true },
      })
      const box = await ctx.keyring.box(tx)
      const items = shown.map((row) => ({
        id: row.id,
        shopId,
        from: row.fromAt.toISOString(),
        to: row.toAt.toISOString(),
        endedAt: row.endedAt?.toISOString() ?? null,
        compared: row.compared,
        differences: found
          .filter(({ reconciliationId }) => reconciliationId === row.id)
          .map(({ kind, difference, orderId, position, words }) => ({
            kind: kind as Reconciliation['differences'][number]['kind'],
            difference: difference as Reconciliation['differences'][number]['difference'],
            orderNumber: names.find(({ id }) => id === orderId)?.name ?? null,
            words: box.openText(WORDS, `${row.id}/${position}`, words),
          })),
      }))
      const last = rows.length > limit ? items.at(-1) : undefined
      return { items, next: last ? packCursor(ctx.signer, list, [last.to, last.id]) : null }
    },
    { reads: true },
  )

/** The statement of one page; exported so that a test can ask PostgreSQL for its plan. */
export function pageOfReconciliations(
  workspaceId: string,
  shopId: string,
  before: readonly unknown[] | null,
  limit: number,
): Prisma.Sql {
  const [at, id] = before ?? []
  return Prisma.sql`
    select id::text, from_at as "fromAt", to_at as "toAt", ended_at as "endedAt", compared from desk.reconciliation
    where workspace_id = ${workspaceId}::uuid and shop_id = ${shopId}::uuid
      ${before ? Prisma.sql`and (to_at, id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
    order by to_at desc, id desc limit ${limit}`
}
