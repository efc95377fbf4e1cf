import type { z } from 'zod'
import type { listSurprises, Surprise } from '../../../../shared/insight.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { labelsOf } from '../figures/labels.ts'
import { linkOf, wordsOf } from './surprise-telling.ts'
import { WATCHED, type Watched } from './watched.ts'

type List = z.infer<(typeof listSurprises)['reply']>
type Row = {
  id: string
  metric: string
  dimension: Watched['dimension']
  key: string
  foundOn: string
  lastOn: string
  now: number
  usual: number
}

/** Exported so that a test can look at its plan. */
export const surprisesSql = (
  workspaceId: string,
  place: readonly unknown[] | null,
  limit: number,
): Prisma.Sql => Prisma.sql`
  select s.id::text, metric, dimension, key, found_on::text as "foundOn", last_on::text as "lastOn", now, usual
  from desk.surprise s
  where s.workspace_id = ${workspaceId}::uuid
    ${place ? Prisma.sql`and (s.found_on, s.id) < (${place[0]}::date, ${place[1]}::uuid)` : Prisma.empty}
  order by s.found_on desc, s.id desc limit ${limit}`

/** What came much more, or much less, often than usual, the newest first. */
export async function surprisesOf(
  ctx: Ctx,
  workspaceId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<List> {
  const list = `surprises/${workspaceId}`
  const place = readCursor(ctx.signer, list, cursor)
  const rows = await inWorkspace(
    ctx,
    workspaceId,
    (tx) => tx.$queryRaw<Row[]>(surprisesSql(workspaceId, place, limit + 1)),
    { reads: true },
  )
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const keys = (wanted: Row['dimension']) =>
    new Set(shown.flatMap(({ dimension, key }) => (dimension === wanted ? [key] : [])))
  const labels = await labelsOf(
    ctx,
    workspaceId,
    new Map((['category', 'reason', 'product'] as const).map((one) => [one, keys(one)])),
  )
  return {
    items: shown.map((row) => presentSurprise(row, row.dimension === 'none' ? null : labels(row.dimension, row.key))),
    next: last ? packCursor(ctx.signer, list, [last.foundOn, last.id]) : null,
  }
}

function presentSurprise(row: Row, label: string | null): Surprise {
  const watched = WATCHED.find(({ metric, dimension }) => metric === row.metric && dimension === row.dimension)
  const { id, foundOn, lastOn, now, usual } = row
  return {
    ...{ id, foundOn, lastOn, now, usual },
    words: wordsOf({ watched: watched ?? { ...row, name: row.metric }, label, now, usual }, foundOn),
    link: linkOf({ ...row, day: foundOn }),
  }
}
