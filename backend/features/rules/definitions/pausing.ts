import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { rulePaused } from '../events.ts'
import { forgetTriggers } from '../listening.ts'
import { type RuleRow, rulesIn } from './rows.ts'
import { missingIn, targetsIn } from './targets.ts'

/** A rule that names what is gone stops by itself, and says why; nothing of it is lost. */
export async function pauseRule(ctx: Ctx, tx: Tx, { id, definition }: RuleRow, problem: string): Promise<void> {
  const by = systemOf(tx.workspaceId)
  await tx.$executeRaw`
    update desk.rule set state = 'paused', problem = ${problem}, version = version + 1, updated_at = ${tx.now}
    where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid and state = 'on'`
  const { name } = definition
  const change = { before: { name, state: 'on' }, after: { name, state: 'paused', problem } }
  await noteChange(tx, await ctx.keyring.box(tx), { setting: 'rules', ...change, by })
  await record(tx, [rulePaused({ ruleId: id, by })])
}

/** Somebody left, or a saved reply was removed: the rules that name them stop at once, before anybody misses what they did. */
export async function pauseBroken(ctx: Ctx, workspaceId: string): Promise<void> {
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const on = (await rulesIn(tx)).filter(({ state }) => state === 'on')
    if (on.length === 0) return
    const targets = await targetsIn(tx)
    for (const rule of on) {
      const missing = missingIn(rule.definition, targets)
      if (missing !== null) await pauseRule(ctx, tx, rule, missing)
    }
  })
  forgetTriggers(ctx, workspaceId)
}
