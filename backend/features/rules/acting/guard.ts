import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { Chain } from '../chains.ts'

/** Rules that set each other off stop after so many. */
export const MOST_DEEP = 5
/** Rules do so much to one ticket in a day. */
export const MOST_A_DAY = 50
const DAY_MS = 24 * 3_600_000

/** A rule may not run: with words for the log, or quietly, because nothing is wrong with it. */
export type Stop = { words: string | null }

/** Why a rule must not run now; null when it may. A rule runs once for whatever set it off first. */
export async function stopFor(
  tx: Tx,
  ruleId: string,
  { rootId, depth, ran }: Chain,
  ticketId: string,
): Promise<Stop | null> {
  if (ran.includes(ruleId)) return { words: 'Stopped: rules set each other off in a circle, and this one had run.' }
  if (depth >= MOST_DEEP) return { words: `Stopped: ${MOST_DEEP} rules had set each other off already.` }
  const since = new Date(tx.now.getTime() - DAY_MS)
  const [today] = await tx.$queryRaw<{ runs: number; again: boolean }[]>(
    runsSql(tx.workspaceId, { ruleId, rootId, ticketId, since }),
  )
  if (today?.again) return { words: null }
  if ((today?.runs ?? 0) < MOST_A_DAY) return null
  return { words: `Stopped: rules had changed this ticket ${MOST_A_DAY} times within a day.` }
}

type Asked = { ruleId: string; rootId: string; ticketId: string; since: Date }

/** Exported so that a test can look at its plan. */
export const runsSql = (workspaceId: string, { ruleId, rootId, ticketId, since }: Asked): Prisma.Sql => Prisma.sql`
  select count(*) filter (where outcome = 'applied')::int as runs,
    coalesce(bool_or(rule_id = ${ruleId}::uuid and root_id = ${rootId}::uuid), false) as again
  from desk.rule_run where workspace_id = ${workspaceId}::uuid and ticket_id = ${ticketId}::uuid and at > ${since}`
