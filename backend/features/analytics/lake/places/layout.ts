import { z } from 'zod'
import { TABLE_NAMES, type TableName } from '../tables.ts'

/** A Parquet file that is never changed. `file` is its name in the folder of its workspace: `ticket-2026-11-<id>.parquet`. */
const Part = z.object({
  file: z.string(),
  rows: z.int(),
  bytes: z.int(),
  /** The first and the last instant of each column of instants in milliseconds, and whether rows have none: a reader leaves out what a period is not about. */
  times: z
    .record(z.string(), z.object({ min: z.int().nullable(), max: z.int().nullable(), nulls: z.boolean() }))
    .optional(),
})
export type Part = z.infer<typeof Part>

/** Base rows by month of their owner's beginning, and what changed since, the oldest delta first. */
const TableParts = z.object({ base: z.array(Part), deltas: z.array(Part) })
export type TableParts = z.infer<typeof TableParts>

/** What the lake of one workspace is made of as of a commit. */
export const Manifest = z.object({
  workspaceId: z.uuid(),
  commit: z.uuid(),
  /** By whose clocks days and hours are told. */
  zone: z.string(),
  /** The last year of UTC whose openings are in it. */
  openUntil: z.int(),
  tables: z.partialRecord(z.enum(TABLE_NAMES as [TableName, ...TableName[]]), TableParts),
})
export type Manifest = z.infer<typeof Manifest>

/** Which database it was read from: another one's transaction ids mean something else. */
const Source = z.object({ system: z.string(), timeline: z.int(), database: z.string() })
export type Source = z.infer<typeof Source>

/** Names the newest commit of every workspace. Swapping it is the moment at which a pull has happened. */
export const Root = z.object({
  schema: z.int(),
  commit: z.uuid(),
  /** Everything that was committed before this instant is in. */
  asOf: z.iso.datetime(),
  source: Source,
  /** What has been seen, as PostgreSQL writes a snapshot. */
  snapshot: z.string(),
  workspaces: z.record(z.uuid(), z.uuid()),
})
export type Root = z.infer<typeof Root>

/** How the writer is, told at every pull, also at one that failed or found nothing, and again while one takes long. Losing it loses nothing. */
export const Pulse = z.object({
  at: z.iso.datetime(),
  /** When it told by the clock of its machine, whatever the desk's says; a pulse of an older version has none. */
  told: z.iso.datetime().optional(),
  /** The commit that it looked from; what was found until `at` is in it. */
  commit: z.uuid().nullable(),
  state: z.enum(['following', 'rebuilding', 'failing']),
  words: z.string(),
})
export type Pulse = z.infer<typeof Pulse>

export const ROOT = 'root.json'
export const PULSE = 'pulse.json'
export const manifestName = (commit: string): string => `manifest-${commit}.json`
