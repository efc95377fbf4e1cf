import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { job } from '../../platform/jobs.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { mayAffectOutside } from '../settings/index.ts'
import { resumeMails } from './mailing.ts'
import { resumePushes } from './push/pushing.ts'

const RESUMED_AT_ONCE = 200
const KEPT_MS = 30 * 86_400_000

/** Notices that nobody is sending any more (a pause, lost access, a queue that gave up) are taken up again. */
export const resumeNotices = job('notices:resume', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (!(await mayAffectOutside(ctx, tx))) return
    await resumeMails(tx, RESUMED_AT_ONCE)
    await resumePushes(tx, RESUMED_AT_ONCE)
  }),
)

/** That somebody was told is remembered for longer than anything is tried again; what still waits stays. */
export const forgetNotices = job('notices:forget', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const createdAt = { lt: new Date(tx.now.getTime() - KEPT_MS) }
    await tx.notice.deleteMany({ where: { workspaceId, waits: null, createdAt } })
  }),
)
