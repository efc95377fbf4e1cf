import type { Ctx } from '../../../context.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { lockTicket } from '../../tickets/index.ts'
import type { Chain } from '../chains.ts'
import { type RuleRow, rulesIn, triggerCode } from '../definitions/rows.ts'
import { askedBy } from '../judging/asking.ts'
import { type Facts, factsOf } from '../judging/facts.ts'
import { stillStands, whyHolds } from '../judging/holding.ts'
import { runRule } from './running.ts'

/** Something happened to a ticket that rules wait for. */
export type Cause = Chain & {
  id: string
  trigger: string
  ruleId: string | null
  /** The rule that made it; null for what no rule made. */
  madeBy: string | null
}

/**
 * Tries the rules that wait for what happened, in their order. Each sees what the ones before it did. The causes are deleted in the same
 * transaction, so whoever comes again after a crash finds either nothing done or nothing to do.
 */
export async function tryRules(ctx: Ctx, tx: Tx, ticketId: string, causeIds: readonly string[]): Promise<void> {
  const causes = await takeCauses(tx, causeIds)
  if (causes.length === 0) return
  const rules = (await rulesIn(tx)).filter(({ state }) => state === 'on')
  if (!rules.some((rule) => causes.some((cause) => waitsFor(rule, cause)))) return
  await lockTicket(tx, ticketId)
  let facts: Facts | null = null
  const asked = askedBy(rules.map(({ definition }) => definition))
  for (const cause of causes) {
    let ran = cause.ran
    for (const rule of rules.filter((one) => waitsFor(one, cause))) {
      facts ??= await factsOf(ctx, tx, ticketId, asked)
      if (!facts || facts.voidReason !== null) return // spam and merged tickets are nobody's work
      if (!isMeant(rule, facts, tx.now)) continue
      if (!(await runRule(ctx, tx, { rule, cause: { ...cause, ran }, facts }))) continue
      ran = [...ran, rule.id]
      facts = null
    }
  }
}

/** Taken by one transaction alone. */
const takeCauses = (tx: Tx, ids: readonly string[]): Promise<Cause[]> => tx.$queryRaw<Cause[]>`
  with taken as (
    delete from desk.rule_cause where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...ids]}::uuid[])
    returning id, trigger, rule_id, root_id, depth, chain)
  select id::text, trigger, rule_id::text as "ruleId", root_id::text as "rootId", depth, chain::text[] as ran,
    chain[cardinality(chain)]::text as "madeBy"
  from taken order by id`

/** A rule never hears what it did itself. */
const waitsFor = ({ id, definition }: RuleRow, { ruleId, trigger, madeBy }: Cause): boolean =>
  ruleId === null ? triggerCode(definition) === trigger && madeBy !== id : ruleId === id

const isMeant = ({ definition }: RuleRow, facts: Facts, now: Date): boolean =>
  stillStands(definition.when, facts) && whyHolds(definition, facts, now) !== null
