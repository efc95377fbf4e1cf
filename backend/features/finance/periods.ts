import type { FinancePeriod } from '../../../shared/finance.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { dayIn } from '../../platform/calendar.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { packCursor, readCursor } from '../../platform/signer.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { bookSteps, unbooked } from './booking.ts'
import { asDate, asDay, beginningOf, dayBefore, nextDay } from './days.ts'
import { periodClosed } from './events.ts'
import { type BooksOf, shopIn } from './shops.ts'

/**
 * Closes the books of a shop up to a day: what was booked until its end in the shop's time zone is in the period from now on and stays as
 * it is. A period begins where the one before it ended, so there is no gap and no overlap.
 * @throws DeskError not_found, invalid_request for a day that is not over, move_not_allowed for one that is closed already
 */
export const closeBooks = (ctx: Ctx, by: StaffActor, shopId: string, to: string): Promise<FinancePeriod> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const shop = await shopIn(tx, shopId)
    await lockPeriods(tx, shopId)
    const last = await newestOf(tx, shopId)
    refuseDay(tx, shop, to, last)
    const end = beginningOf(shop.timeZone, nextDay(to))
    await bookMissing(ctx, tx, last?.closedAt ?? null, end)
    const id = newId(tx.now)
    const from = last ? nextDay(asDay(last.toDay)) : await firstDay(tx, shop, to)
    const rows = await takeIn(tx, shopId, id, end)
    const [fromDay, toDay] = [asDate(from), asDate(to)]
    await tx.financePeriod.create({
      data: { workspaceId: tx.workspaceId, id, shopId, fromDay, toDay, closedAt: tx.now, byId: by.id, rows },
    })
    await record(tx, [periodClosed({ shopId, periodId: id, from, to, rows, by })])
    return { id, shopId, from, to, closedAt: tx.now.toISOString(), by: by.name, rows }
  })

/** Two people who close at the same moment do it one after the other. */
async function lockPeriods(tx: Tx, shopId: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`finance-period/${tx.workspaceId}/${shopId}`}, 0))`
}

const newestOf = (tx: Tx, shopId: string) =>
  tx.financePeriod.findFirst({ where: { workspaceId: tx.workspaceId, shopId }, orderBy: { toDay: 'desc' } })

function refuseDay(tx: Tx, { timeZone, name }: BooksOf, to: string, last: { toDay: Date } | null): void {
  const yesterday = dayBefore(dayIn(timeZone, tx.now))
  if (to > yesterday)
    throw new DeskError(
      'invalid_request',
      `${to} is not over yet for ${name} (${timeZone}). Close up to ${yesterday} at the latest.`,
    )
  if (last && to <= asDay(last.toDay))
    throw new DeskError(
      'move_not_allowed',
      `The books of ${name} are closed up to ${asDay(last.toDay)} already, and a closed period stays as it is. What changed since comes as a correction: choose a later day.`,
    )
}

/** Nobody closes the books over a step that was done and is only not written into them yet. */
async function bookMissing(ctx: Ctx, tx: Tx, lastClosed: Date | null, end: Date): Promise<void> {
  const missing = await unbooked(tx, lastClosed ?? new Date(0), end, MOST_MISSING)
  if (missing.length === MOST_MISSING)
    throw new DeskError(
      'in_progress',
      'Many steps are still being written into the books. Try again in a few minutes.',
      {
        retryAfter: 300,
      },
    )
  const ids = missing.map(({ id }) => id)
  await bookSteps(tx, await ctx.keyring.box(tx), ids)
}

const MOST_MISSING = 1_000

async function firstDay(tx: Tx, { id: shopId, timeZone }: BooksOf, to: string): Promise<string> {
  const first = await tx.financeEntry.findFirst({
    where: { workspaceId: tx.workspaceId, shopId, periodId: null },
    orderBy: { id: 'asc' },
    select: { at: true },
  })
  const day = first ? dayIn(timeZone, first.at) : to
  return day < to ? day : to
}

/** Entries are only added to; which period they are in is the one thing that is written later, once. */
const takeIn = (tx: Tx, shopId: string, periodId: string, end: Date): Promise<number> =>
  tx.$executeRaw`
    update desk.finance_entry set period_id = ${periodId}::uuid
    where workspace_id = ${tx.workspaceId}::uuid and shop_id = ${shopId}::uuid and period_id is null and at < ${end}`

type PeriodRow = { id: string; fromDay: Date; toDay: Date; closedAt: Date; rows: number; by: string | null }

type Page = { cursor?: string | undefined; limit: number }

/** Closed periods of a shop, the newest first. @throws DeskError not_found */
export const listClosed = (
  ctx: Ctx,
  workspaceId: string,
  shopId: string,
  { cursor, limit }: Page,
): Promise<{ items: FinancePeriod[]; next: string | null }> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      await shopIn(tx, shopId)
      const list = `finance-periods/${workspaceId}/${shopId}`
      const [before] = readCursor(ctx.signer, list, cursor) ?? []
      const rows = await tx.$queryRaw<PeriodRow[]>(pageOfPeriods(workspaceId, shopId, before ?? null, limit + 1))
      const items = rows.slice(0, limit).map((row) => presentPeriod(shopId, row))
      const last = rows.length > limit ? items.at(-1) : undefined
      return { items, next: last ? packCursor(ctx.signer, list, [last.to]) : null }
    },
    { reads: true },
  )

/** The statement of one page; exported so that a test can ask PostgreSQL for its plan. */
export const pageOfPeriods = (workspaceId: string, shopId: string, before: unknown, limit: number): Prisma.Sql =>
  Prisma.sql`
    select p.id::text, p.from_day as "fromDay", p.to_day as "toDay", p.closed_at as "closedAt", p.rows, s.name as by
    from desk.finance_period p left join desk.staff s on s.workspace_id = p.workspace_id and s.id = p.by_id
    where p.workspace_id = ${workspaceId}::uuid and p.shop_id = ${shopId}::uuid
      ${before === null ? Prisma.empty : Prisma.sql`and p.to_day < ${before}::date`}
    order by p.to_day desc limit ${limit}`

const presentPeriod = (shopId: string, { id, fromDay, toDay, closedAt, rows, by }: PeriodRow): FinancePeriod => ({
  id,
  shopId,
  from: asDay(fromDay),
  to: asDay(toDay),
  closedAt: closedAt.toISOString(),
  by: by ?? '',
  rows,
})
