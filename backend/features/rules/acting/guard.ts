import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { Chain } from '../chains.ts'

/** Rules that set each other off stop after so many. */
export const MOST_DEEP = 5
/** Rules do so much to one ticket in a day. */
export const MOST_A_DAY = 50
const DAY_MS = 24 * 3_600_000

/** Why a rule must not run now, in words; null when it may. */
export async function stoppedBecause(tx: Tx, ruleId: string, chain: Chain, ticketId: string): Promise<string | null> {
  if (chain.includes(ruleId)) return 'Stopped: rules set each other off in a circle, and this one had run.'
  if (chain.length >= MOST_DEEP) return `Stopped: ${MOST_DEEP} rules had set each other off already.`
  if ((await runsToday(tx, ticketId)) >= MOST_A_DAY)
    return `Stopped: rules had changed this ticket ${MOST_A_DAY} times within a day.`
  return null
}

async function runsToday(tx: Tx, ticketId: string): Promise<number> {
  const since = new Date(tx.now.getTime() - DAY_MS)
  const [row] = await tx.$queryRaw<{ runs: number }[]>(runsSql(tx.workspaceId, ticketId, since))
  return row?.runs ?? 0
}

/** Exported so that a test can look at its plan. */
export const runsSql = (workspaceId: string, ticketId: string, since: Date): Prisma.Sql => Prisma.sql`
  select count(*)::int as runs from (
    select from desk.rule_run where workspace_id = ${workspaceId}::uuid and ticket_id = ${ticketId}::uuid and at > ${since}
      and outcome = 'applied' order by at desc limit ${MOST_A_DAY}) runs`
