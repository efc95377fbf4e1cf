import type { Ctx } from '../../context.ts'
import type { Fact } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { staffDeactivated } from '../settings/index.ts'

/** Someone who left meanwhile gets nothing. */
export class HasLeft extends Error {
  override name = 'HasLeft'
}

/** @throws HasLeft */
export async function refuseLeft(ctx: Ctx, workspaceId: string, id: string): Promise<void> {
  const where = { workspaceId_id: { workspaceId, id } }
  const staff = await inWorkspace(ctx, workspaceId, (tx) => tx.staff.findUnique({ where, select: { state: true } }), {
    reads: true,
  })
  if (staff?.state === 'deactivated') throw new HasLeft('This person has left the desk.')
}

/** Browsers of who leaves are forgotten, and with them what waited to be told. */
async function forgetLeavers(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const where = { workspaceId: tx.workspaceId, staffId: { in: facts.map(({ payload }) => String(payload['staffId'])) } }
  await tx.pushSubscription.deleteMany({ where })
  await tx.notice.updateMany({ where: { ...where, waits: { not: null } }, data: { waits: null, content: null } })
}

export const noticeLeavers = following([staffDeactivated], forgetLeavers)
