import type { ActionState, StepKind, StepState } from '../../../shared/combined-actions.ts'
import type { ActionStep, CombinedAction, Prisma } from '../../generated/prisma/client.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Tx } from '../../platform/tenancy.ts'

export type StepRow = Omit<ActionStep, 'kind' | 'state'> & { kind: StepKind; state: StepState }
/** An action with its steps in their order. */
export type ActionRow = Omit<CombinedAction, 'state'> & { state: ActionState; steps: StepRow[] }

/**
 * Holds an action until the transaction ends. Whoever holds a journal entry, too, has taken that one first.
 * @throws DeskError not_found
 */
export async function lockAction(tx: Tx, id: string): Promise<ActionRow> {
  await tx.$executeRaw`select from desk.combined_action where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for update`
  return readAction(tx, id)
}

/** @throws DeskError not_found */
export async function readAction(tx: Tx, id: string): Promise<ActionRow> {
  const [row] = await readActions(tx, [id])
  if (!row) throw new DeskError('not_found', 'There is no such action in this workspace.')
  return row
}

/** Those of them that there are, in no order. */
export async function readActions(tx: Tx, ids: readonly string[]): Promise<ActionRow[]> {
  const rows = await tx.combinedAction.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: [...ids] } },
    include: { steps: { orderBy: { position: 'asc' } } },
  })
  return rows as ActionRow[]
}

type Change = Omit<Prisma.CombinedActionUncheckedUpdateInput, 'state' | 'version'> & Partial<Pick<ActionRow, 'state'>>
type StepChange = Omit<Prisma.ActionStepUncheckedUpdateInput, 'state'> & Partial<Pick<StepRow, 'state'>>

/** Changes a held action; its version moves on. */
export async function changeAction(tx: Tx, id: string, change: Change): Promise<void> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  await tx.combinedAction.update({ where, data: { ...change, version: { increment: 1 } } })
}

/** Changes a step of a held action. */
export async function changeStep(tx: Tx, id: string, change: StepChange): Promise<void> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  await tx.actionStep.update({ where, data: change })
}
