import type { StepKind } from '../../../shared/combined-actions.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { askWorkspace, boxFor } from '../../platform/asking.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { ActionContent, type PlannedStep } from './plan.ts'

const PLACE = 'combined_action.content'

export const sealContent = (box: Box, actionId: string, content: ActionContent): Buffer<ArrayBuffer> =>
  box.seal(PLACE, actionId, JSON.stringify(content))

export const openActionContent = (box: Box, actionId: string, sealed: Uint8Array): ActionContent =>
  ActionContent.parse(JSON.parse(box.openText(PLACE, actionId, sealed)))

/** Right before each step that moves money, so in one statement. @throws when there is no such action: whoever asks has seen it */
export async function readContent(ctx: Ctx, workspaceId: string, actionId: string): Promise<ActionContent> {
  const sql = Prisma.sql`select content from desk.combined_action where workspace_id = ${workspaceId}::uuid and id = ${actionId}::uuid`
  const [row] = await askWorkspace<{ content: Uint8Array }>(ctx, workspaceId, sql)
  if (!row) throw new Error(`There is no action ${actionId}`)
  return openActionContent(await boxFor(ctx, workspaceId), actionId, row.content)
}

/** Keeps a changed content. The caller holds the action. */
export async function keepContent(tx: Tx, box: Box, actionId: string, content: ActionContent): Promise<void> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: actionId } }
  await tx.combinedAction.update({ where, data: { content: sealContent(box, actionId, content) } })
}

export const plannedOf = (content: ActionContent, kind: StepKind): PlannedStep | null =>
  content.plan.steps.find((step) => step.kind === kind) ?? null
