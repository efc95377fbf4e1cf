import type { Tx } from '../../platform/tenancy.ts'

const KEPT_DAYS = 30
const DAY_MS = 24 * 3_600_000

/** What rules did is kept for 30 days, and so are dry runs and what they were tried for. */
export async function forgetOld(tx: Tx): Promise<void> {
  const before = new Date(tx.now.getTime() - KEPT_DAYS * DAY_MS)
  await tx.$executeRaw`delete from desk.rule_run where workspace_id = ${tx.workspaceId}::uuid and at < ${before}`
  await tx.$executeRaw`delete from desk.rule_mark where workspace_id = ${tx.workspaceId}::uuid and at < ${before}`
  await tx.$executeRaw`delete from desk.rule_cause where workspace_id = ${tx.workspaceId}::uuid and at < ${before}`
  await tx.$executeRaw`delete from desk.rule_trial where workspace_id = ${tx.workspaceId}::uuid and created_at < ${before}`
}
