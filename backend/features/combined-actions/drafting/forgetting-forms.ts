import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { job } from '../../../platform/jobs.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { forgetOldDrafts } from './draft-rows.ts'

/** Forms that nobody goes on with are not kept: they hold what a customer wrote and where they live. */
export const forgetForms = job('combined-actions:forget-forms', z.object({}), async (ctx: Ctx, workspaceId) => {
  const count = await inWorkspace(ctx, workspaceId, forgetOldDrafts)
  if (count > 0) ctx.log.info({ count }, 'old forms of combined actions were forgotten')
})
