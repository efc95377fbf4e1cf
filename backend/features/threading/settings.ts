import type { ThreadingSettings } from '../../../shared/threading.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { noteChange } from '../settings/index.ts'

/** A week is what facts/mail.md section 4 allows one subject to mean; a quarter is what most shops take orders back for. */
const DEFAULT: ThreadingSettings = { oldDays: 90, suggestDays: 7 }

export async function threadingSettingsIn(tx: Tx): Promise<ThreadingSettings> {
  const select = { oldDays: true, suggestDays: true } as const
  const row = await tx.threadingSetting.findUnique({ where: { workspaceId: tx.workspaceId }, select })
  return row ?? DEFAULT
}

export const writeThreadingSettings = (ctx: Ctx, after: ThreadingSettings, by: Actor): Promise<ThreadingSettings> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId, now } = tx
    const before = await threadingSettingsIn(tx)
    const row = { ...after, updatedAt: now }
    await tx.threadingSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'threading', before, after, by })
    return after
  })
