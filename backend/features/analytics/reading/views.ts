import { join } from 'node:path'
import type { Manifest, Part } from '../lake/places/layout.ts'
import { type LakeTable, TABLE_NAMES, TABLES, type TableName } from '../lake/tables.ts'
import { quoted } from './engine.ts'

/** A state of the lake of a workspace. @param folder where its parts lie */
export type State = { manifest: Manifest; folder: string }

/**
 * Columns of instants that say which rows of a table can be in a figure of a period: when something happened, or from when until when it
 * stood, which may have no end.
 */
export type Reads = Partial<Record<TableName, string | readonly [from: string, until: string]>>

/** Only rows of this period can matter, by these columns. In milliseconds; `toAt` is the first instant that is not in it. */
export type Within = { reads: Reads; fromAt: number; toAt: number }

/** Only this ticket matters, what its customer began not long before it, and what was given because of it. In milliseconds. */
export type OfTicket = {
  ticketId: string
  customerId: string | null
  openedAt: number
  compensationIds: readonly string[]
}

/** What a question can be about, so that nothing else is read. */
export type Narrowing = Within | OfTicket

/** No metric looks further back than this for what the customer of a ticket began before it. */
const LOOKED_BACK_MS = 31 * 86_400_000

/**
 * The statements that bind the views of what is read, each to the parts that can hold something of it. A delta says everything about the
 * owners that it names: the newest one counts, and what is in the base only of owners that no delta names.
 */
export const viewsFor = (
  { manifest, folder }: State,
  sql: string,
  narrowing: Narrowing | null,
): [TableName, string][] =>
  tablesIn(sql).map((name) => {
    const { base = [], deltas = [] } = manifest.tables[name] ?? {}
    const period = narrowing && periodOf(narrowing)
    const needed = period ? base.filter((part) => canHold(part, name, period)) : base
    const paths = (parts: readonly Part[]) => parts.map(({ file }) => join(folder, file))
    // The engine takes all parts to be as large as the first, and would build its joins of the base if that were small.
    const largestFirst = needed.toSorted((a, b) => b.rows - a.rows)
    const rows = rowsOf(name, { base: paths(largestFirst), deltas: paths(deltas) })
    return [name, `create or replace temp view "${name}" as ${narrowed(rows, name, narrowing)}`]
  })

const periodOf = (narrowing: Narrowing): Within =>
  'reads' in narrowing
    ? narrowing
    : {
        reads: { ticket: 'opened_at' },
        fromAt: narrowing.openedAt - LOOKED_BACK_MS,
        toAt: narrowing.openedAt + 1,
      }

function narrowed(rows: string, name: TableName, narrowing: Narrowing | null): string {
  if (!narrowing) return rows
  if ('reads' in narrowing) return standing(rows, narrowing.reads[name], narrowing)
  const own = ownRows(name, narrowing)
  return own === null ? rows : `select * from (${rows}) where ${own}`
}

/** @returns which rows of a table are of the ticket, or null for all: of people and their hours, and of ratings, whose first tells since when there are any */
function ownRows(name: TableName, { ticketId, customerId, openedAt, compensationIds }: OfTicket): string | null {
  const given = `in (${['', ...compensationIds].map(quoted).join(', ')})`
  if (name === 'ticket')
    return customerId === null
      ? `id = ${quoted(ticketId)}`
      : `customer_id = ${quoted(customerId)} and opened_at between epoch_ms(${openedAt - LOOKED_BACK_MS}::bigint) and epoch_ms(${openedAt + 1}::bigint)`
  if (name === 'compensation') return `id ${given}`
  const { columns }: LakeTable = TABLES[name]
  if (name === 'rating' || !('ticket_id' in columns)) return null
  const own = `ticket_id = ${quoted(ticketId)}`
  return 'compensation_id' in columns ? `(${own} or compensation_id ${given})` : own // the same may have come from another ticket
}

/** Of what stood, the engine would not see by itself that most rows ended before the period. */
function standing(rows: string, read: Reads[TableName], { fromAt, toAt }: Within): string {
  if (read === undefined || typeof read === 'string') return rows
  const [from, until] = read
  return `select * from (${rows}) where "${from}" < epoch_ms(${toAt}::bigint) and ("${until}" is null or "${until}" >= epoch_ms(${fromAt}::bigint))`
}

/** What a statement reads; the engine tells it only of statements without parameters. */
const tablesIn = (sql: string): TableName[] =>
  TABLE_NAMES.filter((name) => new RegExp(`\\b(?:from|join)\\s+"?${name}\\b`, 'i').test(sql))

/** Only base parts are left out: what a delta replaces has to go, whatever there is now. */
function canHold({ times }: Part, name: TableName, { reads, fromAt, toAt }: Within): boolean {
  const read = reads[name]
  if (!times || read === undefined) return true
  const [first, last] = typeof read === 'string' ? [read, read] : read
  const [begins, ends] = [times[first], times[last]]
  if (!begins || !ends) return true
  const isOpen = typeof read !== 'string' && ends.nulls
  const begunBefore = begins.min !== null && begins.min < toAt
  return begunBefore && (isOpen || (ends.max !== null && ends.max >= fromAt))
}

type Paths = { base: readonly string[]; deltas: readonly string[] }

function rowsOf(name: TableName, { base, deltas }: Paths): string {
  const { columns } = TABLES[name]
  const list = Object.keys(columns)
    .map((column) => `"${column}"`)
    .join(', ')
  const halves: string[] = []
  if (base.length > 0) {
    // said as a join: from «not exists» the planner makes a join that first keeps every owner of the base in memory
    const older = deltas.length > 0 ? ` anti join ${files(deltas)} as d on d.owner_key = b.owner_key` : ''
    halves.push(`select ${list} from ${files(base)} as b${older}`) // what is gone is told by deltas alone
  }
  if (deltas.length > 0) halves.push(`select ${list} from (${newest(deltas)}) where not gone`)
  return halves.length > 0 ? halves.join(' union all ') : nothing(name)
}

function newest(deltas: readonly string[]): string {
  if (deltas.length === 1) return `from ${files(deltas)}`
  return `from ${files(deltas)} qualify file_index = max(file_index) over (partition by owner_key)`
}

const files = (parts: readonly string[]): string => `read_parquet(${paths(parts)})`
const paths = (parts: readonly string[]): string => `[${parts.map(quoted).join(', ')}]`

/** A table that nothing has been written of yet, or nothing of the period: no rows, and the types that its rows would have. */
const nothing = (name: TableName): string =>
  `select ${Object.entries(TABLES[name].columns)
    .map(([column, type]) => `null::${type} as "${column}"`)
    .join(', ')} where false`
