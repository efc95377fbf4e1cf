import { type Money, sum } from '../../../shared/money.ts'
import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { FinanceLine } from './line.ts'

export type Change = 'done' | 'transaction' | 'payout' | 'gift_card'

/** One entry before it has a row. `key` is one of its step's: the same change is booked once. */
export type NewEntry = {
  shopId: string
  stepId: string
  actionId: string
  change: Change
  key: string
  at: Date
  /** Now, unless another entry of the step was written at this moment: entries of one step follow each other. */
  recordedAt?: Date
  line: FinanceLine
}

const LINE = 'finance_entry.line'

/** Adds entries to the books, where they stand in this order; what is in them already stays as it is. */
export async function addEntries(tx: Tx, box: Box, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return
  const ids = entries.map(({ recordedAt = tx.now }) => newId(recordedAt)).sort() // ids of one moment come in any order
  await tx.financeEntry.createMany({
    data: entries.map(({ key, line, recordedAt = tx.now, ...entry }, at) => {
      const id = ids[at] ?? ''
      const sealed = box.seal(LINE, id, JSON.stringify(FinanceLine.parse(line)))
      return { ...entry, workspaceId: tx.workspaceId, id, changeKey: key, line: sealed, recordedAt }
    }),
    skipDuplicates: true,
  })
}

export const openLine = (box: Box, id: string, sealed: Uint8Array): FinanceLine =>
  JSON.parse(box.openText(LINE, id, sealed)) as FinanceLine

export type Booked = {
  shopId: string
  stepId: string
  actionId: string
  first: FinanceLine
  newest: FinanceLine
  newestAt: Date
  /** All entries together, in the shop's currency; null where no money moved. */
  total: Money | null
  count: number
}

/**
 * What the books say of a step; null when it is not in them. Whoever adds to it after this waits for this transaction, so that a change is
 * made from the newest state.
 */
export async function lockBooked(tx: Tx, box: Box, stepId: string): Promise<Booked | null> {
  await tx.$executeRaw`
    select from desk.finance_entry where workspace_id = ${tx.workspaceId}::uuid and step_id = ${stepId}::uuid and change_key = 'done' for update`
  const rows = await tx.financeEntry.findMany({
    where: { workspaceId: tx.workspaceId, stepId },
    orderBy: { recordedAt: 'asc' },
  })
  const lines = rows.map(({ id, line }) => openLine(box, id, line))
  const [first, newest, row] = [lines[0], lines.at(-1), rows.at(-1)]
  if (!first || !newest || !row) return null
  const { shopId, actionId, recordedAt: newestAt } = row
  const amounts = lines.flatMap(({ amount }) => amount ?? [])
  const total = first.amount && sum(first.amount.currency, amounts)
  return { shopId, stepId, actionId, first, newest, newestAt, total, count: rows.length }
}
