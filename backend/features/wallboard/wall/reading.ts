import type { Wallboard } from '../../../../shared/wallboard.ts'
import type { Ctx } from '../../../context.ts'
import { askWorkspace } from '../../../platform/asking.ts'
import { presentWall } from './presenting.ts'
import { type WallRow, wallSql } from './statement.ts'

/** The floor at this moment: one statement, one trip. */
export async function wallboardOf(ctx: Ctx, workspaceId: string): Promise<Wallboard> {
  const now = ctx.clock.now()
  const [row] = await askWorkspace<WallRow>(ctx, workspaceId, wallSql(workspaceId, now))
  if (!row) throw new Error(`Workspace ${workspaceId} is not there`)
  return presentWall(row, now)
}
