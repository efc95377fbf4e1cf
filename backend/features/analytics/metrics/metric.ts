import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Dimension, Measure, MetricView } from '../../../../shared/analytics.ts'
import type { TableName } from '../lake/tables.ts'
import type { Reads } from '../reading/views.ts'

/**
 * One definition of a figure. Its SQL gives shares: rows of `id`, `ticket_id` (null where there is none), `value`, `currency` for money,
 * and
 * - `happened`: `at`. The figure of a stretch is an aggregate over what happened in it.
 * - `stands`: `from_at` and `until_at` (null while it still stands). The figure of a stretch is what stands at its end.
 *
 * The SQL may name the instant at which somebody asks as `epoch_ms($now::bigint)`, and the shares of another metric as `@its-id`.
 */
export type Metric = MetricView & {
  kind: 'happened' | 'stands'
  sql: string
  /** Each share has all columns of its `ticket`, so that no dimension needs a join. */
  withTicket: boolean
  /** Columns of the shares that a dimension is read from instead of the ticket's own. */
  brings: Partial<Record<Dimension, string>>
  /** Shares have a `weight`, and the figure is all of `value` by all of it: what was kept of what was due. */
  weighed?: boolean
  /** What a share adds, in words; by its unit when left out. */
  words: ((value: number | null, weight: number | null) => string) | null
  /** What its shares are called that have no ticket: `Log-in`. */
  thing: string
  /** What is said where nothing has happened that could be counted; of any other figure it is enough to say that nothing fits. */
  nothing?: string
  /** What it is made of that a desk may not have at all, and what is said while there is none. */
  awaits?: { table: TableName; words: string }
  /**
   * Which of its tables' rows a period is about: a share that happened in it, or stood, comes only from rows whose instants say so. What is
   * not named is read as a whole.
   */
  reads: Reads
  /** What of a ticket's story tells how its shares came to be. */
  story: readonly StoryPart[]
}

/**
 * Mails and notes, its beginning with moves and escalations, clocks of the SLA, the open hours between the two ends of a share's time, who
 * worked on it for how long, and what else its customer began in the seven days before.
 */
export type StoryPart = 'mails' | 'moves' | 'clocks' | 'first open hours' | 'all open hours' | 'work' | 'contacts'

type Definition = Omit<MetricView, 'id'> &
  Pick<Metric, 'weighed' | 'nothing' | 'awaits'> & {
    kind?: Metric['kind']
    withTicket?: boolean
    brings?: Metric['brings']
    words?: Metric['words']
    story?: Metric['story']
    reads?: Reads
    thing?: string
  }

/** Dimensions that every share has through its ticket. */
export const OF_TICKET = [
  'category',
  'priority',
  'mailbox',
  'channel',
  'tag',
  'agent',
  'tier',
  'language',
] as const satisfies readonly Dimension[]

/** The same and when it happened. */
export const OF_TICKET_AND_TIME = [...OF_TICKET, 'hour', 'weekday'] as const satisfies readonly Dimension[]

const ONLY_STANDING: readonly Measure[] = ['count', 'sum']

/**
 * Defines a metric. Its id is the name of its file, and its SQL lies beside it under the same name.
 * @param url `import.meta.url` of the file
 * @throws Error for a definition that cannot be asked, when the process starts
 */
export function metric(url: string, definition: Definition): Metric {
  const path = fileURLToPath(url)
  const id = basename(path, '.ts')
  const kind = definition.kind ?? 'happened'
  if (kind === 'stands' && definition.measures.some((one) => !ONLY_STANDING.includes(one)))
    throw new Error(`${id}: of what stands there is a count and a sum`)
  if (kind === 'stands' && definition.dimensions.some((one) => one === 'hour' || one === 'weekday'))
    throw new Error(`${id}: what stands has no hour`)
  if (definition.weighed && definition.measures.some((one) => one === 'median' || one === 'p90'))
    throw new Error(`${id}: what is weighed has no middle`)
  return {
    ...definition,
    id,
    kind,
    withTicket: definition.withTicket ?? false,
    brings: definition.brings ?? {},
    words: definition.words ?? null,
    story: definition.story ?? [],
    reads: definition.reads ?? {},
    thing: definition.thing ?? 'Without a ticket',
    sql: sqlIn(path.replace(/\.ts$/, '.sql')),
  }
}

/** The SQL of a file; `@reopen-rate` in it is what lies beside it under that name. */
const sqlIn = (path: string): string =>
  readFileSync(path, 'utf8')
    .trim()
    .replace(/@([a-z-]+)/g, (_, id: string) => `(\n${sqlIn(join(dirname(path), `${id}.sql`))}\n)`)

/** What is told about it outside. */
export const viewOfMetric = ({
  id,
  version,
  name,
  sentence,
  group,
  unit,
  inHours,
  measures,
  dimensions,
  rules,
}: Metric): MetricView => ({
  id,
  version,
  name,
  sentence,
  group,
  unit,
  ...(inHours && { inHours }),
  measures,
  dimensions,
  rules,
})
