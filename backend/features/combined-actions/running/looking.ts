import type { ActionState, StepKind, StepState } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { askWorkspace } from '../../../platform/asking.ts'

/** One action of one workspace. */
export type At = { workspaceId: string; actionId: string }

export type LiveStep = { id: string; actionId: string; kind: StepKind; state: StepState; entryId: string | null }

/** As much of an action as its runner needs. */
export type LiveAction = { state: ActionState; leavesAt: Date | null; steps: LiveStep[] }

/** How far an action is, in one statement: it is asked before each step. */
export async function lookAt(ctx: Ctx, { workspaceId, actionId }: At): Promise<LiveAction> {
  const sql = Prisma.sql`
    select a.state as "actionState", a.leaves_at as "leavesAt", s.id::text, s.action_id::text as "actionId", s.kind, s.state, s.entry_id::text as "entryId"
    from desk.combined_action a join desk.action_step s on s.workspace_id = a.workspace_id and s.action_id = a.id
    where a.workspace_id = ${workspaceId}::uuid and a.id = ${actionId}::uuid order by s.position`
  const rows = await askWorkspace<LiveStep & { actionState: ActionState; leavesAt: Date | null }>(ctx, workspaceId, sql)
  const [first] = rows
  if (!first) throw new Error(`There is no action ${actionId}`)
  return { state: first.actionState, leavesAt: first.leavesAt, steps: rows }
}
