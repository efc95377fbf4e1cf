import type { FileSettings } from '../../../shared/files.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { noteChange } from '../settings/index.ts'

const MEGABYTE = 1_048_576

/** A mail may have 50 MB in its transport form, which is about 36 MB of files. */
const DEFAULT: FileSettings = {
  fileBytes: 40 * MEGABYTE,
  mailBytes: 50 * MEGABYTE,
  filesPerMail: 100,
  openUnscanned: true,
}

export async function fileSettingsIn(tx: Tx): Promise<FileSettings> {
  const { workspaceId } = tx
  const select = { fileBytes: true, mailBytes: true, filesPerMail: true, openUnscanned: true }
  return (await tx.fileSetting.findUnique({ where: { workspaceId }, select })) ?? DEFAULT
}

export const writeFileSettings = (ctx: Ctx, after: FileSettings, by: Actor): Promise<FileSettings> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId, now } = tx
    const before = await fileSettingsIn(tx)
    const row = { ...after, updatedAt: now }
    await tx.fileSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'files', before, after, by })
    return after
  })
