import type { z } from 'zod'
import { FigureQuestion, type listShares, type Share, type ShareQuestion } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import { formatNumber } from '../../tickets/index.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Row } from '../reading/engine.ts'
import { freshnessIn } from '../reading/freshness.ts'
import { askedOf } from './asking.ts'
import { labelsOf } from './labels.ts'
import { shareWords } from './share-words.ts'
import { type Asked, listingOf } from './statements.ts'

type Page = z.infer<(typeof listShares)['reply']>

/** What a figure is made of, the newest first. @throws DeskError as the figure itself */
export async function sharesOf(ctx: Ctx, workspaceId: string, question: ShareQuestion): Promise<Page> {
  const [asked] = await askedOf(ctx, workspaceId, [FigureQuestion.parse({ ...question, interval: 'none', by: [] })])
  if (!asked) throw new Error('A question has an answer')
  const { cursor, limit } = question
  const list = `shares/${workspaceId}/${JSON.stringify([asked.metric.id, asked.stretch, asked.filters])}`
  const place = readCursor(ctx.signer, list, cursor)
  const { sql, values, within } = listingOf(asked, place && { at: Number(place[0]), id: String(place[1]) }, limit + 1)
  const found = await ctx.figures.read(workspaceId, (ask) => ask(sql, values, within), true)
  const rows = (found ?? []).slice(0, limit)
  const last = (found ?? []).length > limit ? rows.at(-1) : undefined
  return {
    items: rows.map(await presenterOf(ctx, workspaceId, asked.metric, rows)),
    next: last ? packCursor(ctx.signer, list, [Number(last['us']), String(last['id'])]) : null,
    freshness: await freshnessIn(ctx, found !== null),
  }
}

/** The newest shares of a figure in one go, for whoever does something with their tickets. @param most none beyond that */
export async function sharesBetween(
  ctx: Ctx,
  workspaceId: string,
  question: FigureQuestion,
  most: number,
): Promise<Share[]> {
  const [asked] = await askedOf(ctx, workspaceId, [question])
  if (!asked) throw new Error('A question has an answer')
  const { sql, values, within } = listingOf(asked, null, most)
  const found = await ctx.figures.read(workspaceId, (ask) => ask(sql, values, within))
  return (found ?? []).map(await presenterOf(ctx, workspaceId, asked.metric, found ?? []))
}

/** What has no ticket is told by whose it is. */
async function presenterOf(ctx: Ctx, workspaceId: string, metric: Metric, rows: readonly Row[]) {
  const people = new Set(rows.flatMap(({ number, who }) => (number === null && who !== null ? [String(who)] : [])))
  const labels = people.size > 0 ? await labelsOf(ctx, workspaceId, new Map([['agent', people]])) : null
  const nameOf = (id: string): string | null => {
    const name = labels?.('agent', id) ?? id
    return name === id ? null : name // nobody reads an id
  }
  return (row: Row): Share => presentShare(metric, row, nameOf)
}

/** @param row of `listingOf` @param nameOf whose it is, of what has no ticket */
export function presentShare(
  metric: Asked['metric'],
  row: Row,
  nameOf: (staffId: string) => string | null = () => null,
): Share {
  const value = row['value'] === null ? null : Number(row['value'])
  const weight = row['weight'] === null ? null : Number(row['weight'])
  const currency = row['currency'] === null ? null : String(row['currency'])
  const ticketId = row['ticket_id'] === null ? null : String(row['ticket_id'])
  return {
    id: String(row['id']),
    ticketId,
    label: labelOf(metric, row, nameOf),
    at: new Date(Number(row['us']) / 1_000).toISOString(),
    value,
    weight,
    currency,
    words: shareWords(metric, value, currency, weight),
  }
}

function labelOf({ thing }: Metric, { number, who }: Row, nameOf: (staffId: string) => string | null): string {
  if (typeof number === 'number') return formatNumber(number)
  const name = typeof who === 'string' ? nameOf(who) : null
  return name === null ? thing : `${thing}, ${name}`
}
