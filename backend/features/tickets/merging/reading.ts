import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { formatNumber, parseNumber } from '../numbers.ts'
import { type MergingRow, mergingSql } from './history.ts'

/** @throws DeskError not_found */
export async function mergingRowOf(tx: Tx, ticketId: string): Promise<MergingRow> {
  const [found] = await tx.$queryRaw<{ row: MergingRow }[]>`
    select ${mergingSql()} as row from desk.ticket t where t.workspace_id = ${tx.workspaceId}::uuid and t.id = ${ticketId}::uuid`
  if (!found) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  return found.row
}

const NUMBER = /^(?:TKT-)?(\d{1,9})$/i

/** Ids of tickets by their numbers, as people type them: TKT-000042, tkt-42 or 42. @throws DeskError for what is none of ours */
export async function ticketsNumbered(tx: Tx, texts: readonly string[]): Promise<string[]> {
  const wrong = texts.find((text) => !NUMBER.test(text))
  if (wrong !== undefined)
    throw new DeskError('invalid_request', `«${wrong.slice(0, 40)}» is no ticket number. One looks like TKT-000042.`)
  const numbers = texts.map((text) => parseNumber(`TKT-${NUMBER.exec(text)?.[1] ?? ''}`))
  if (numbers.length === 0) return []
  const where = { workspaceId: tx.workspaceId, number: { in: numbers } }
  const rows = await tx.ticket.findMany({ where, select: { id: true, number: true }, take: numbers.length })
  const missing = numbers.find((number) => !rows.some((row) => row.number === number))
  if (missing !== undefined)
    throw new DeskError('not_found', `There is no ticket ${formatNumber(missing)}. Check the number.`)
  return rows.map(({ id }) => id)
}

export async function numbersOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const where = { workspaceId: tx.workspaceId, id: { in: [...ids] } }
  const rows = await tx.ticket.findMany({ where, select: { id: true, number: true } })
  return new Map(rows.map(({ id, number }) => [id, formatNumber(number)]))
}

/** The open merges of these tickets into one, by which each is taken back. */
export async function mergesInto(tx: Tx, survivorId: string, mergedIds: readonly string[]) {
  const rows = await tx.$queryRaw<{ id: string; number: number }[]>`
    select r.id::text, t.number from desk.ticket_regrouping r
    join desk.ticket t on t.workspace_id = r.workspace_id and t.id = r.from_id
    where r.workspace_id = ${tx.workspaceId}::uuid and r.from_id = any(${mergedIds}::uuid[]) and r.to_id = ${survivorId}::uuid
      and r.kind = 'merge' and r.undone_at is null order by t.number`
  return rows.map(({ id, number }) => ({ id, number: formatNumber(number) }))
}
