import { ActionSettings } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { actionSettingsWritten } from './rule-events.ts'

/** Amounts in hundredths of whatever the shop's money is called: an admin with yen or with very dear goods sets others. */
export const DEFAULT_SETTINGS: ActionSettings = {
  undoSeconds: 60,
  limits: {
    agent: { action: 10_000, order: 15_000, customerYear: 30_000, agentDay: 50_000 },
    supervisor: { action: 50_000, order: 75_000, customerYear: 150_000, agentDay: 250_000 },
    admin: { action: null, order: null, customerYear: null, agentDay: null },
  },
  shopDay: 500_000,
}

export async function settingsIn(tx: Tx): Promise<ActionSettings> {
  const row = await tx.actionSetting.findUnique({ where: { workspaceId: tx.workspaceId } })
  return row ? ActionSettings.parse(row.settings) : DEFAULT_SETTINGS
}

export const writeSettings = (ctx: Ctx, settings: ActionSettings, by: Actor): Promise<ActionSettings> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId, now } = tx
    const row = { settings, updatedAt: now }
    const change = { setting: 'action_limits', before: await settingsIn(tx), after: settings, by } as const
    await tx.actionSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
    await record(tx, [actionSettingsWritten({ undoSeconds: settings.undoSeconds, by })])
    await noteChange(tx, await ctx.keyring.box(tx), change)
    return settings
  })
