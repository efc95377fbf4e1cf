import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { job } from '../../../platform/jobs.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'

const DAY_MS = 86_400_000

/** A lake that nobody has followed for longer is built anew, because notes may be missing. */
export const NOTES_LAST_MS = 25 * DAY_MS
/** Notes are kept longer than that. */
const KEPT_MS = 30 * DAY_MS

export const forgetNotes = job('analytics:forget-notes', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await tx.lakeNote.deleteMany({ where: { workspaceId, notedAt: { lt: new Date(tx.now.getTime() - KEPT_MS) } } })
  }),
)
