import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { Numbered } from './beginning.ts'

/** 42 -> TKT-000042 */
export const formatNumber = (number: number): string => `TKT-${String(number).padStart(6, '0')}`

/** TKT-000042 -> 42; the shape was checked by the contract. */
export const parseNumber = (text: string): number => Number(text.slice(4))

/** The workspace's next number; a transaction that fails leaves a gap or gives it back, both are fine. */
export const nextNumber = (tx: Tx): Promise<Numbered> => nextNumbers(tx, 1)

/**
 * The first of so many numbers in a row. The same row says by which keywords their tickets are judged, so that an edit counts from the
 * next ticket on, in every process.
 */
export async function nextNumbers(tx: Tx, count: number): Promise<Numbered> {
  const [row] = await tx.ask<Numbered>(Prisma.sql`
    update desk.workspace set next_ticket_number = next_ticket_number + ${count}::int
    where workspace_id = ${tx.workspaceId}::uuid
    returning next_ticket_number - ${count}::int as number, triage_version as "triageVersion", languages`)
  if (!row) throw new Error('A ticket needs a workspace')
  return row
}
