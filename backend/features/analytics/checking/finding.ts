import type { Freshness } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { categoriesIn, formatNumber } from '../../tickets/index.ts'
import type { Row, Values } from '../reading/engine.ts'
import { freshnessIn } from '../reading/freshness.ts'
import { RULES, type Rule } from './rules.ts'

/** Something that breaks a rule. */
export type Broken = { ticketId: string | null; label: string; at: string; words: string }

/** How often each rule is broken, in the order of the rules; null without a lake. */
export async function countBroken(
  ctx: Ctx,
  workspaceId: string,
): Promise<{ counts: readonly { rule: Rule; count: number | null }[]; freshness: Freshness }> {
  const values = await valuesOf(ctx, workspaceId)
  const counted = await ctx.figures.read(workspaceId, async (ask) => {
    const counts: number[] = []
    for (const { sql } of RULES)
      counts.push(Number((await ask(`select count(*)::double as n from (${sql})`, bound(sql, values)))[0]?.['n'] ?? 0))
    return counts
  })
  return {
    counts: RULES.map((rule, n) => ({ rule, count: counted?.[n] ?? null })),
    freshness: await freshnessIn(ctx, counted !== null),
  }
}

const ON_A_PAGE = 50

/** What breaks one rule, the newest first. @throws DeskError not_found for a rule that there is not */
export async function findBroken(
  ctx: Ctx,
  workspaceId: string,
  { rule: id, cursor }: { rule: string; cursor?: string | undefined },
): Promise<{ rule: Rule; items: Broken[]; next: string | null; freshness: Freshness }> {
  const rule = RULES.find((one) => one.id === id)
  if (!rule) throw new DeskError('not_found', 'There is no such rule for data.')
  const list = `broken/${workspaceId}/${id}`
  const place = readCursor(ctx.signer, list, cursor)
  const values = {
    ...bound(rule.sql, await valuesOf(ctx, workspaceId)),
    ...(place && { us: Number(place[0]), id: String(place[1]) }),
  }
  const sql = `with broken as (select b.id, b.ticket_id, epoch_us(b."at")::double as us, b.words, t.number
      from (${rule.sql}) as b left join ticket as t on t.id = b.ticket_id)
    from broken ${place ? 'where us < $us or (us = $us and id < $id)' : ''} order by us desc, id desc limit ${ON_A_PAGE + 1}`
  const found = await ctx.figures.read(workspaceId, (ask) => ask(sql, values))
  const rows = (found ?? []).slice(0, ON_A_PAGE)
  const last = (found ?? []).length > ON_A_PAGE ? rows.at(-1) : undefined
  return {
    rule,
    items: rows.map(present),
    next: last ? packCursor(ctx.signer, list, [Number(last['us']), String(last['id'])]) : null,
    freshness: await freshnessIn(ctx, found !== null),
  }
}

/** The engine refuses what a statement does not name. */
const bound = (sql: string, values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => sql.includes(`$${name}`)))

async function valuesOf(ctx: Ctx, workspaceId: string): Promise<Values> {
  const all = await inWorkspace(ctx, workspaceId, categoriesIn, { reads: true })
  const inList = all.filter(({ retired }) => !retired).map(({ id }) => id)
  return { categories: inList }
}

const present = (row: Row): Broken => ({
  ticketId: row['ticket_id'] === null ? null : String(row['ticket_id']),
  label: typeof row['number'] === 'number' ? formatNumber(row['number']) : 'Without a ticket',
  at: new Date(Number(row['us']) / 1_000).toISOString(),
  words: String(row['words']),
})
