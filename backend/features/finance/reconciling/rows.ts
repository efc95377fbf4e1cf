import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { COMPARED_KINDS } from './comparing.ts'

export type Stage = 'orders' | 'cards' | 'rest'

/** A comparison that runs: what it is about and how far it has come. */
export type Run = {
  id: string
  shopId: string
  fromAt: Date
  toAt: Date
  stage: Stage
  page: string | null
  differences: number
}

/** How far the one before is gone over once more, and what is so young that its end may be on its way. */
const OVERLAP_MS = 2 * 60 * 60_000
const YOUNG_MS = 10 * 60_000
/** The first comparison of a shop begins so long ago: a day that is over, whatever the time zone. */
const FIRST_MS = 50 * 60 * 60_000

/**
 * The comparison of a shop that is not over, or a new one of all that came since the last; its steps are written down, so that each of
 * them is found or listed.
 */
export async function openRun(tx: Tx, shopId: string): Promise<Run> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`reconciliation/${tx.workspaceId}/${shopId}`}, 0))`
  const open = await tx.reconciliation.findFirst({ where: { workspaceId: tx.workspaceId, shopId, endedAt: null } })
  if (open) return { ...open, stage: open.stage as Stage }
  const last = await tx.reconciliation.findFirst({
    where: { workspaceId: tx.workspaceId, shopId },
    orderBy: [{ toAt: 'desc' }, { id: 'desc' }],
  })
  const toAt = new Date(tx.now.getTime() - YOUNG_MS)
  const fromAt = new Date(last ? last.toAt.getTime() - OVERLAP_MS : toAt.getTime() - FIRST_MS)
  const id = newId(tx.now)
  const { workspaceId } = tx
  await tx.reconciliation.create({ data: { workspaceId, id, shopId, fromAt, toAt, startedAt: tx.now } })
  await tx.$executeRaw`
    insert into desk.reconciliation_step (workspace_id, reconciliation_id, step_id)
    select s.workspace_id, ${id}::uuid, s.id
    from desk.action_step s join desk.combined_action a on a.workspace_id = s.workspace_id and a.id = s.action_id
    where s.workspace_id = ${workspaceId}::uuid and s.state = 'done' and s.done_at >= ${fromAt} and s.done_at < ${toAt}
      and s.kind = any(${[...COMPARED_KINDS]}) and a.shop_id = ${shopId}::uuid`
  return { id, shopId, fromAt, toAt, stage: 'orders', page: null, differences: 0 }
}

/** Somebody else went on with the comparison meanwhile: what was just read is theirs to compare. */
export class Overtaken extends Error {
  override name = 'Overtaken'
}

/** Holds the comparison until the end of the transaction. @throws Overtaken when it is not where it was read from */
export async function holdRun(tx: Tx, run: Run): Promise<void> {
  const [row] = await tx.$queryRaw<{ stage: string; page: string | null; differences: number; endedAt: Date | null }[]>`
    select stage, page, differences, ended_at as "endedAt" from desk.reconciliation
    where workspace_id = ${tx.workspaceId}::uuid and id = ${run.id}::uuid for update`
  if (!row || row.endedAt || row.stage !== run.stage || row.page !== run.page || row.differences !== run.differences)
    throw new Overtaken()
}

/** Moves the comparison on, with what was found on the way. */
export async function keepRun(tx: Tx, run: Run, to: Pick<Run, 'stage' | 'page' | 'differences'>): Promise<Run> {
  await tx.reconciliation.update({ where: idOf(tx, run), data: to })
  return { ...run, ...to }
}

export async function markSeen(tx: Tx, run: Run, stepIds: readonly string[]): Promise<void> {
  await tx.reconciliationStep.updateMany({
    where: { workspaceId: tx.workspaceId, reconciliationId: run.id, stepId: { in: [...stepIds] } },
    data: { seen: true },
  })
}

/** The list of steps has done its work; how many they were is kept. */
export async function endRun(tx: Tx, run: Run): Promise<number> {
  const { count: compared } = await tx.reconciliationStep.deleteMany({
    where: { workspaceId: tx.workspaceId, reconciliationId: run.id },
  })
  await tx.reconciliation.update({
    where: idOf(tx, run),
    data: { stage: 'done', page: null, compared, endedAt: tx.now },
  })
  return compared
}

/** Shopify does not know the page any more: all of it is read again, and what was found until now is found again. */
export async function beginAnew(tx: Tx, run: Run): Promise<void> {
  const of = { workspaceId: tx.workspaceId, reconciliationId: run.id }
  await tx.reconciliationDifference.deleteMany({ where: of })
  await tx.reconciliationStep.updateMany({ where: of, data: { seen: false } })
  await tx.reconciliation.update({ where: idOf(tx, run), data: { stage: 'orders', page: null, differences: 0 } })
}

const idOf = (tx: Tx, { id }: Run) => ({ workspaceId_id: { workspaceId: tx.workspaceId, id } })
