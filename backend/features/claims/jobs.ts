import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { job } from '../../platform/jobs.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { endRunOut } from './ending.ts'

/** Nothing waits for this: a claim that ran out is none, also while its row is open. */
export const endClaims = job('claims:end-run-out', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, (tx) => endRunOut(tx)),
)
