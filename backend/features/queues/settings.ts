import type { QueueSettings } from '../../../shared/queues.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { noteChange } from '../settings/index.ts'

const DEFAULT: QueueSettings = { dueNextMinutes: 240 }

/** SQL: within how many minutes something is «due next»; one row by its key. */
export const dueNextSql = (workspaceId: string): Prisma.Sql =>
  Prisma.sql`coalesce((select q.due_next_minutes from desk.queue_setting q where q.workspace_id = ${workspaceId}::uuid),
    ${Prisma.raw(String(DEFAULT.dueNextMinutes))})`

export async function queueSettingsIn(tx: Tx): Promise<QueueSettings> {
  const { workspaceId } = tx
  const row = await tx.queueSetting.findUnique({ where: { workspaceId }, select: { dueNextMinutes: true } })
  return row ?? DEFAULT
}

export const writeQueueSettings = (ctx: Ctx, after: QueueSettings, by: Actor): Promise<QueueSettings> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId, now } = tx
    const before = await queueSettingsIn(tx)
    const row = { ...after, updatedAt: now }
    await tx.queueSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'views', before, after, by })
    return after
  })
