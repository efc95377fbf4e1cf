import type { RuleWhen } from '../../../../shared/rules.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { type RuleRow, rulesIn } from '../definitions/rows.ts'
import { longEnoughSince, nearEnoughUntil } from './cutting.ts'
import { DUE_AT_ONCE, type Place, READ_AT_ONCE, sweepDueSql, sweepSql } from './sources.ts'

/** A worker that was away for long goes on at the next tick. */
const BATCHES = 20
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/** Finds tickets whose time has come for a rule, a batch in each transaction. */
export async function sweepRules(ctx: Ctx, workspaceId: string): Promise<void> {
  const rules = await inWorkspace(ctx, workspaceId, rulesIn, { reads: true })
  for (const { id } of rules.filter(isTimed))
    for (let batch = 0; batch < BATCHES; batch++)
      if (!(await inWorkspace(ctx, workspaceId, (tx) => sweepOne(tx, id)))) break
}

const isTimed = ({ state, definition }: RuleRow): boolean => state === 'on' && definition.when.on !== 'event'

/** @returns whether there may be more. Two workers that come at once go one after the other: the rule is held. */
async function sweepOne(tx: Tx, id: string): Promise<boolean> {
  const [held] = await tx.$queryRaw<{ when: RuleWhen; sweptAt: Date | null; sweptId: string | null }[]>`
    select definition -> 'when' as "when", swept_at as "sweptAt", swept_id::text as "sweptId" from desk.rule
    where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid and state = 'on' for no key update`
  if (!held || held.when.on === 'event') return false
  const { when } = held
  if (when.on === 'before_due') return sweepDue(tx, id, await nearEnoughUntil(tx, when))
  const until = await longEnoughSince(tx, when)
  return readOn(tx, id, when, { at: held.sweptAt ?? until, id: held.sweptId ?? BEFORE_ALL }, until)
}

async function sweepDue(tx: Tx, ruleId: string, until: Date): Promise<boolean> {
  const { workspaceId, now } = tx
  const [found] = await tx.$queryRaw<{ read: number }[]>(sweepDueSql({ workspaceId, ruleId, until, now }))
  return found?.read === DUE_AT_ONCE
}

type Recorded = Extract<RuleWhen, { on: 'in_status' | 'waiting' }>

async function readOn(tx: Tx, ruleId: string, when: Recorded, from: Place, until: Date): Promise<boolean> {
  const { workspaceId, now } = tx
  const [batch] = await tx.$queryRaw<{ read: number; at: Date; id: string }[]>(
    sweepSql(when, { workspaceId, ruleId, from, until, now }),
  )
  if (!batch) return false
  await tx.$executeRaw`
    update desk.rule set swept_at = ${batch.at}, swept_id = ${batch.id}::uuid
    where workspace_id = ${workspaceId}::uuid and id = ${ruleId}::uuid`
  return batch.read === READ_AT_ONCE
}
