import type { Ctx } from '../../../context.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { targetsIn } from '../definitions/targets.ts'
import { readPast } from './record.ts'
import { type Found, type TrialRow, trialOf } from './rows.ts'
import { tryOn } from './trying.ts'
import { typesOf } from './waiting-for.ts'

/** Events that are looked at, of the newest ones. */
export const MOST_EVENTS = 50_000
const AT_ONCE = 500
const MOST_SHOWN = 50

/** Tries all rules on the past, a batch in each transaction; a worker that dies goes on where the last batch ended. */
export async function runTrial(ctx: Ctx, workspaceId: string, trialId: string): Promise<void> {
  for (let more = true; more; ) more = await inWorkspace(ctx, workspaceId, (tx) => readOn(ctx, tx, trialId))
}

/** @returns whether there may be more */
async function readOn(ctx: Ctx, tx: Tx, id: string): Promise<boolean> {
  const { workspaceId } = tx
  await tx.$executeRaw`select from desk.rule_trial where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid for update`
  const trial = await trialOf(tx, id)
  if (trial.state !== 'running') return false
  const types = typesOf(trial.rules)
  const place = trial.readAt && trial.readId ? ([trial.readAt, trial.readId] as const) : null
  const limit = Math.min(AT_ONCE, MOST_EVENTS - trial.events)
  const past = types.length === 0 ? [] : await readPast(tx, { since: trial.since, types, place, limit: AT_ONCE })
  const taken = past.slice(0, limit)
  const found =
    taken.length === 0
      ? []
      : await tryOn(ctx, tx, { rules: trial.rules, since: trial.since, past: taken, targets: await targetsIn(tx) })
  const last = taken.at(-1)
  const ended = past.length < AT_ONCE || taken.length < past.length
  await tx.ruleTrial.update({
    where: { workspaceId_id: { workspaceId, id } },
    data: {
      state: ended ? 'done' : 'running',
      events: trial.events + taken.length,
      cut: taken.length < past.length,
      counts: counted(trial, found),
      tickets: [...trial.tickets, ...found].slice(0, MOST_SHOWN),
      ...(last && { readAt: last.at, readId: last.id }),
    },
    select: { id: true },
  })
  return !ended
}

function counted({ counts }: TrialRow, found: readonly Found[]): Record<string, number> {
  const sum = { ...counts }
  for (const { ruleId } of found) sum[ruleId] = (sum[ruleId] ?? 0) + 1
  return sum
}
