import type { AutomaticAnswers } from '../../../../shared/mail-rules.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'

export async function readBrake(tx: Tx): Promise<AutomaticAnswers> {
  const where = { workspaceId: tx.workspaceId }
  const { automaticPerHour } = await tx.workspace.findUniqueOrThrow({ where, select: { automaticPerHour: true } })
  return { perHour: automaticPerHour }
}

export const writeBrake = (ctx: Ctx, { perHour }: AutomaticAnswers, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const before = await readBrake(tx)
    const where = { workspaceId: tx.workspaceId }
    await tx.workspace.update({ where, data: { automaticPerHour: perHour }, select: { workspaceId: true } })
    const change = { setting: 'automatic_answers', before, after: { perHour }, by } as const
    await noteChange(tx, await ctx.keyring.box(tx), change)
  })
