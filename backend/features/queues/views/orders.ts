import { Prisma } from '../../../generated/prisma/client.ts'
import type { TicketRow } from './rows.ts'

type Column = { sql: Prisma.Sql; type: Prisma.Sql; of(row: TicketRow): string }

/** How a list goes on: the columns of its index after those that its condition fixes. */
export type Order = {
  /** Columns that are equal in all rows; null ones must be named too, or PostgreSQL does not know that the index is in order. */
  fixed: readonly Prisma.Sql[]
  columns: readonly Column[]
  down: boolean
}

const instant = (sql: Prisma.Sql, of: (row: TicketRow) => Date | string): Column => ({
  sql,
  type: Prisma.sql`timestamptz`,
  of: (row) => new Date(of(row)).toISOString(),
})

/** What is never read: a list by a time holds only rows that have it. */
const NEVER = new Date(0)

const DUE = instant(Prisma.sql`t.due_at`, (row) => row.dueAt)
const WAITS = instant(Prisma.sql`t.queue_at`, (row) => row.queueAt)
const ID: Column = { sql: Prisma.sql`t.id`, type: Prisma.sql`uuid`, of: (row) => row.id }
const CREATED = instant(Prisma.sql`t.created_at`, (row) => row.createdAt)
const ACTIVE = instant(Prisma.sql`t.last_message_at`, (row) => row.lastMessageAt)
const SNOOZED = instant(Prisma.sql`t.snoozed_until`, (row) => row.snoozedUntil ?? NEVER)
const SOLVED = instant(Prisma.sql`t.solved_at`, (row) => row.solvedAt)
const THANKED = instant(Prisma.sql`t.thanks_at`, (row) => row.thanksAt ?? NEVER)

const RANKS = ['urgent', 'high', 'normal', 'low']
const RANK: Column = {
  sql: Prisma.sql`array_position(array['urgent', 'high', 'normal', 'low'], t.priority)`,
  type: Prisma.sql`int`,
  of: (row) => String(RANKS.indexOf(row.priority) + 1),
}

const up = (...columns: Column[]): Order => ({ fixed: [], columns, down: false })
const down = (...columns: Column[]): Order => ({ fixed: [], columns, down: true })

const NOT_SNOOZED = Prisma.sql`t.snoozed_until`

const DUE_FIRST = [DUE, WAITS, ID]

/** What is due first, then who waits longest. */
export const dueFirst = (...fixed: Prisma.Sql[]): Order => ({
  fixed: [...fixed, NOT_SNOOZED],
  columns: DUE_FIRST,
  down: false,
})

export const isDueFirst = ({ columns }: Order): boolean => columns === DUE_FIRST

/** The same by the rows that are kept of a tag, `g`. */
export const taggedDueFirst = up(
  { ...DUE, sql: Prisma.sql`g.due_at` },
  { ...WAITS, sql: Prisma.sql`g.queue_at` },
  { ...ID, sql: Prisma.sql`g.ticket_id` },
)

export const longestWait = up(WAITS, ID)
export const soonestBack = up(SNOOZED, DUE, WAITS, ID)
export const newestMessage = down(ACTIVE, ID)
export const lastSolved = down(SOLVED, ID)
export const newestThanks = down(THANKED, ID)
export const newestFirst = down(CREATED, ID)
export const oldestFirst = up(CREATED, ID)
export const urgentFirst = up(RANK, DUE, WAITS, ID)

const listed = ({ columns }: Order) => Prisma.join(columns.map(({ sql }) => sql))

/** ORDER BY of a list. */
export function orderSql({ fixed, columns, down }: Order): Prisma.Sql {
  const direction = down ? Prisma.sql` desc` : Prisma.empty
  return Prisma.join([...fixed, ...columns.map(({ sql }) => Prisma.sql`${sql}${direction}`)])
}

/** Rows after the place where a page ended; nothing on the first page. */
export function beyondSql(order: Order, place: readonly unknown[] | null): Prisma.Sql {
  if (place === null) return Prisma.empty
  const values = Prisma.join(order.columns.map(({ type }, n) => Prisma.sql`${String(place[n])}::${type}`))
  return Prisma.sql`and (${listed(order)}) ${order.down ? Prisma.sql`<` : Prisma.sql`>`} (${values})`
}

/** Where a page ended. */
export const placeOf = (order: Order, row: TicketRow): string[] => order.columns.map((column) => column.of(row))
