import { setTimeout as wait } from 'node:timers/promises'
import { DIMENSIONS, FigureQuestion, type FigureScope, type FileFormat } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import type { Flow } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { askedOf } from '../figures/asking.ts'
import { labelsOf } from '../figures/labels.ts'
import { type Asked, nextOf, type Place } from '../figures/statements.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Row } from '../reading/engine.ts'
import { freshnessIn } from '../reading/freshness.ts'
import { type Column, keysIn, sqlOf, type Value, valueIn } from './columns.ts'
import { figuresExported } from './events.ts'
import { CONTENT_TYPES, fileName, writerOf } from './formats.ts'

export type RowsDefinition = { what: 'tickets' | 'actions'; metric: Metric; columns: readonly Column[] }

/** Rows that are read at once: what a file holds in memory, however long it is. */
export const PIECE = 2_000

/** Further apart than this nothing is looked for at once, so that a long period is not walked through for every piece. */
const WINDOW_MS = 31 * 86_400_000

/**
 * One row for each ticket or action of a period, made while it is read. Each piece takes its own turn among those who ask, so a slow reader
 * holds nothing. Pieces are of the newest state of the lake; a row comes once, because when a thing began never changes.
 * @throws DeskError invalid_request for a period or filter that makes no sense, unavailable while there is no lake
 */
export async function exportRows(
  ctx: Ctx,
  by: Actor,
  definition: RowsDefinition,
  { format, ...scope }: FigureScope & { format: FileFormat },
): Promise<Flow> {
  const asked = await askedRows(ctx, by.workspaceId, definition, scope)
  const pieces = piecesOf(ctx, by.workspaceId, definition, asked)
  const first = await pieces.next() // what can be refused is refused before the first byte
  const { from, to } = asked.stretch
  await inWorkspace(ctx, by.workspaceId, (tx) =>
    record(tx, [figuresExported({ what: definition.what, format, from, to, filtered: isFiltered(scope), by })]),
  )
  const name = fileName(definition.what, asked.stretch, format)
  return { pieces: written(ctx, definition, format, first, pieces), contentType: CONTENT_TYPES[format], name }
}

const isFiltered = (scope: FigureScope): boolean => DIMENSIONS.some((one) => (scope[one] ?? []).length > 0)

async function askedRows(
  ctx: Ctx,
  workspaceId: string,
  { metric }: RowsDefinition,
  scope: FigureScope,
): Promise<Asked> {
  const [asked] = await askedOf(
    ctx,
    workspaceId,
    [FigureQuestion.parse({ ...scope, metric: 'new-tickets' })],
    () => metric,
  )
  if (!asked) throw new Error('A question has an answer')
  return asked
}

type Pieces = AsyncGenerator<Value[][], void>

async function* written(
  ctx: Ctx,
  { columns }: RowsDefinition,
  format: FileFormat,
  first: IteratorResult<Value[][], void>,
  rest: Pieces,
): AsyncGenerator<string> {
  const writer = writerOf(format, columns)
  try {
    yield writer.head()
    if (!first.done) yield ctx.mask(writer.rows(first.value))
    for await (const rows of rest) yield ctx.mask(writer.rows(rows))
    yield writer.tail()
  } finally {
    await rest.return() // whoever goes away asks for nothing more
  }
}

async function* piecesOf(ctx: Ctx, workspaceId: string, { columns }: RowsDefinition, asked: Asked): Pieces {
  const wanted = Object.fromEntries(columns.map((column) => [column.name, sqlOf(column)]))
  const { toAt } = asked.stretch
  let after: Place = null
  for (let from = asked.stretch.fromAt; from < toAt; ) {
    const until = Math.min(from + WINDOW_MS, toAt)
    const within = { ...asked, stretch: { ...asked.stretch, fromAt: from, toAt: until } }
    const rows = await pieceOf(ctx, workspaceId, nextOf(within, wanted, after, PIECE))
    if (rows.length > 0) {
      const labels = await labelsOf(ctx, workspaceId, keysIn(columns, rows))
      yield rows.map((row) => columns.map((column) => valueIn(column, row, labels)))
    }
    const last = rows.length === PIECE ? rows.at(-1) : undefined
    after = last ? { at: Number(last['us']), id: String(last['id']) } : null
    from = last ? Math.floor(Number(last['us']) / 1_000) : until
  }
}

const ATTEMPTS = 6
const PAUSE_MS = 2_000

/** One piece. A file that has begun is worth waiting for: others may ask much just now. */
async function pieceOf(
  ctx: Ctx,
  workspaceId: string,
  { sql, values, within }: ReturnType<typeof nextOf>,
): Promise<Row[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      const rows = await ctx.figures.read(workspaceId, (ask) => ask(sql, values, within))
      if (rows !== null) return rows
      const { words } = await freshnessIn(ctx, false)
      throw new DeskError('unavailable', words)
    } catch (error) {
      const isBusy = error instanceof DeskError && error.retryAfter !== undefined
      if (!isBusy || attempt === ATTEMPTS) throw error
      await wait(PAUSE_MS)
    }
  }
}
