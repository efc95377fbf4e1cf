import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { dayIn } from '../../platform/calendar.ts'
import { BYTE_ORDER_MARK } from '../../platform/csv/writing.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import type { Flow } from '../../platform/route.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { entryLine, headerLine } from './columns.ts'
import { asDay, beginningOf, nextDay } from './days.ts'
import { openLine } from './entries.ts'
import { financeExported } from './events.ts'
import type { Entry } from './line.ts'
import { type BooksOf, shopIn } from './shops.ts'

/** Lines that are read at once: what an export holds in memory, however long it is. */
const BATCH = 2_000

/** What is exported: one period, or all that is in none. `begins` parts what belongs here from what comes late. */
type Part = { shop: BooksOf; periodId: string | null; begins: Date | null; name: string; startedAt: Date }

/**
 * The books of a shop as CSV, made while it is read. One closed period never changes; without a period it is what is in none at this
 * moment, whatever is closed while the file is made.
 * @throws DeskError not_found
 */
export async function exportBooks(
  ctx: Ctx,
  by: Actor,
  wanted: { shopId: string; periodId: string | undefined },
): Promise<Flow> {
  const part = await inWorkspace(ctx, by.workspaceId, async (tx) => {
    const found = await partOf(tx, wanted.shopId, wanted.periodId)
    await record(tx, [financeExported({ shopId: wanted.shopId, periodId: found.periodId, by })])
    return found
  })
  return { pieces: piecesOf(ctx, by.workspaceId, part), contentType: 'text/csv; charset=utf-8', name: part.name }
}

async function partOf(tx: Tx, shopId: string, periodId: string | undefined): Promise<Part> {
  const shop = await shopIn(tx, shopId)
  const files = shop.domain.split('.')[0]
  const startedAt = tx.now
  if (periodId === undefined) {
    const last = await tx.financePeriod.findFirst({
      where: { workspaceId: tx.workspaceId, shopId },
      orderBy: { toDay: 'desc' },
    })
    const begins = last && beginningOf(shop.timeZone, nextDay(asDay(last.toDay)))
    return { shop, periodId: null, begins, name: `${files}-open-${dayIn(shop.timeZone, tx.now)}.csv`, startedAt }
  }
  const period = await tx.financePeriod.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: periodId }, shopId },
  })
  if (!period) throw new DeskError('not_found', 'There is no such closed period of this shop.')
  const [from, to] = [asDay(period.fromDay), asDay(period.toDay)]
  return { shop, periodId, begins: beginningOf(shop.timeZone, from), name: `${files}-${from}-to-${to}.csv`, startedAt }
}

async function* piecesOf(ctx: Ctx, workspaceId: string, part: Part): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + headerLine()
  for (let after: string | null = null; ; ) {
    const batch: Entry[] = await inWorkspace(ctx, workspaceId, (tx) => batchAfter(ctx, tx, part, after), {
      reads: true,
    })
    if (batch.length > 0) yield ctx.mask(batch.map((entry) => entryLine(entry, part.shop.timeZone)).join(''))
    after = batch.at(-1)?.id ?? null
    if (batch.length < BATCH) return
  }
}

type Row = {
  id: string
  actionId: string
  at: Date
  line: Uint8Array
  periodId: string | null
  firstId: string | null
  firstPeriodId: string | null
}

async function batchAfter(ctx: Ctx, tx: Tx, part: Part, after: string | null): Promise<Entry[]> {
  const box = await ctx.keyring.box(tx)
  const rows = await tx.$queryRaw<Row[]>(batchOf(tx.workspaceId, part, after))
  return rows.map(({ id, actionId, at, line, periodId, firstId, firstPeriodId }) => ({
    id,
    actionId,
    at,
    line: openLine(box, id, line),
    firstId,
    late: firstId === null ? part.begins !== null && at < part.begins : firstPeriodId !== periodId,
  }))
}

/** The statement of one batch; exported so that a test can ask PostgreSQL for its plan. */
export function batchOf(
  workspaceId: string,
  { shop, periodId, startedAt }: Pick<Part, 'periodId' | 'startedAt'> & { shop: Pick<BooksOf, 'id'> },
  after: string | null,
): Prisma.Sql {
  const page = (held: Prisma.Sql) => Prisma.sql`(
    select e.* from desk.finance_entry e
    where e.workspace_id = ${workspaceId}::uuid and e.shop_id = ${shop.id}::uuid and ${held}
      ${after === null ? Prisma.empty : Prisma.sql`and e.id > ${after}::uuid`}
    order by e.id limit ${BATCH})`
  const closedMeanwhile = Prisma.sql`(
    select late.* from (
      select p.id, p.closed_at from desk.finance_period p
      where p.workspace_id = ${workspaceId}::uuid and p.shop_id = ${shop.id}::uuid order by p.to_day desc limit 5) newest
    cross join lateral ${page(Prisma.sql`e.period_id = newest.id`)} late
    where newest.closed_at > ${startedAt})` // period by period: of several at once all entries of the workspace would be walked
  const source =
    periodId === null
      ? Prisma.sql`${page(Prisma.sql`e.period_id is null`)} union all ${closedMeanwhile}`
      : page(Prisma.sql`e.period_id = ${periodId}::uuid`)
  return Prisma.sql`
    select e.id::text, e.action_id::text as "actionId", e.at, e.line, e.period_id::text as "periodId", f.id::text as "firstId",
      f.period_id::text as "firstPeriodId"
    from (select * from (${source}) both_parts order by id limit ${BATCH}) e
    left join lateral (
      select id, period_id from desk.finance_entry
      where workspace_id = e.workspace_id and step_id = e.step_id and change_key = 'done' and e.change_key <> 'done' limit 1) f on true
    order by e.id`
}
