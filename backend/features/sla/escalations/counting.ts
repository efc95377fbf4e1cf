import { ESCALATION_REASONS, type EscalationReason } from '../../../../shared/sla.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/** How far back escalations are counted. */
export const COUNTED_DAYS = 30
const DAY_MS = 24 * 60 * 60_000

/** How often people escalated in the last 30 days, by reason, in the order of the reasons; those that nobody gave are left out. */
export async function countEscalations(tx: Tx): Promise<{ reason: EscalationReason; count: number }[]> {
  const since = new Date(tx.now.getTime() - COUNTED_DAYS * DAY_MS)
  const rows = await tx.$queryRaw<{ reason: EscalationReason; count: number }[]>(countsSql(tx.workspaceId, since))
  return rows.sort((a, b) => ESCALATION_REASONS.indexOf(a.reason) - ESCALATION_REASONS.indexOf(b.reason))
}

/** Exported so that a test can ask PostgreSQL for its plan. */
export const countsSql = (workspaceId: string, since: Date): Prisma.Sql => Prisma.sql`
  select e.reason, count(*)::int as count from desk.sla_escalation e
  where e.workspace_id = ${workspaceId}::uuid and e.at >= ${since} group by e.reason`
