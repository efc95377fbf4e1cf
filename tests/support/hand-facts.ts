import type { HandRow, HandTables, Stood } from './hand-lake.ts'

const OVER: readonly unknown[] = ['solved', 'closed']

/**
 * What the writer of the lake puts on a row from the other rows of its ticket, counted here once more and in another way. A test writes only
 * what happened; what it says itself stands.
 */
export function createHandFacts() {
  const tickets = new Map<string, Map<string, HandRow>>()
  return {
    /** The workspace is written from the beginning. */
    forget: (workspaceId: string) => tickets.delete(workspaceId),
    /** The same rows with what follows from them. */
    told(workspaceId: string, tables: HandTables): HandTables {
      const known = tickets.get(workspaceId) ?? new Map<string, HandRow>()
      tickets.set(workspaceId, known)
      for (const row of tables.ticket ?? []) known.set(String(row['id']), row)
      const ticketOf = (row: HandRow) => known.get(String(row['ticket_id']))
      const movesOf = Map.groupBy(tables.move ?? [], (row) => String(row['ticket_id']))
      const each = (rows: readonly HandRow[] | undefined, more: (row: HandRow) => HandRow) =>
        rows?.map((row) => (row['gone'] ? row : { ...more(row), ...row }))
      const all = {
        ...tables,
        ticket: each(tables.ticket, (row) => ({ stood: stoodOf(row, movesOf.get(String(row['id'])) ?? []) })),
        message: each(tables.message, (row) => ({ spam: ticketOf(row)?.['spam'] ?? false })),
        move: each(tables.move, (row) => ({
          counts: counts(ticketOf(row)),
          undone: solves(row) ? (movesOf.get(String(row['ticket_id'])) ?? []).some((move) => undoes(move, row)) : null,
        })),
        clock: each(tables.clock, (row) => ({
          counts: counts(ticketOf(row)),
          decided_at: row['outcome'] ? (row['told_at'] ?? row['ended_at'] ?? null) : null,
          agent_id: row['staff_id'] ?? ticketOf(row)?.['assignee_id'] ?? null,
        })),
        rating: each(tables.rating, (row) => ({ counts: !ticketOf(row)?.['void_reason'] })),
      }
      return Object.fromEntries(Object.entries(all).flatMap(([name, rows]) => (rows ? [[name, rows]] : [])))
    },
  }
}

const counts = (ticket: HandRow | undefined): boolean => ticket !== undefined && !ticket['void_reason']

const isStatus = ({ kind }: HandRow) => kind === 'status'
const solves = (row: HandRow) => isStatus(row) && OVER.includes(row['after']) && !OVER.includes(row['before'])
const opens = (row: HandRow) => isStatus(row) && OVER.includes(row['before']) && !OVER.includes(row['after'])
const undoes = (move: HandRow, solution: HandRow) => opens(move) && String(move['at']) >= String(solution['at'])

const place = ({ at, id }: HandRow) => `${at} ${id}`

function stoodOf(ticket: HandRow, moves: readonly HandRow[]): readonly Stood[] | null {
  if (!ticket['reopens']) return null
  const stood: Stood[] = [{ move_id: '', from_at: String(ticket['opened_at']), until_at: null }]
  for (const move of moves.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))) {
    const last = stood.at(-1)
    const at = String(move['at'])
    if (solves(move) && last && last.until_at === null) last.until_at = at
    if (opens(move)) {
      if (last && last.until_at === null) last.until_at = at
      stood.push({ move_id: String(move['id']), from_at: at, until_at: null })
    }
  }
  return stood
}
