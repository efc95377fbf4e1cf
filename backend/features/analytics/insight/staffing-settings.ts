import type { StaffingSettings } from '../../../../shared/insight.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'

/** Where every desk begins: four of five tickets begun within an hour, a fifth of a shift for breaks and talks. */
export const USUAL_STAFFING: StaffingSettings = { share: 0.8, withinMinutes: 60, shrinkage: 0.2 }

export async function staffingSettingsIn(tx: Tx): Promise<StaffingSettings> {
  const row = await tx.staffingSetting.findUnique({ where: { workspaceId: tx.workspaceId } })
  if (!row) return USUAL_STAFFING
  return {
    share: row.sharePercent / 100,
    withinMinutes: row.withinMinutes,
    shrinkage: row.shrinkagePercent / 100,
  }
}

/** Sets the target; parts are kept as whole hundredths. */
export const writeStaffing = (
  ctx: Ctx,
  workspaceId: string,
  settings: StaffingSettings,
  by: Actor,
): Promise<StaffingSettings> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const before = await staffingSettingsIn(tx)
    const row = {
      sharePercent: Math.round(settings.share * 100),
      withinMinutes: settings.withinMinutes,
      shrinkagePercent: Math.round(settings.shrinkage * 100),
      updatedAt: tx.now,
    }
    await tx.staffingSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
    const after = await staffingSettingsIn(tx)
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'staffing', before, after, by })
    return after
  })
