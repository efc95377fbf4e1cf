import type { Rule } from '../../../../shared/rules.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { type RuleRow, rulesIn } from './rows.ts'
import { circlesOf } from './setting-off.ts'
import { missingIn, type Targets, targetsIn } from './targets.ts'
import { ruleWords } from './words.ts'

/** All rules in their order, with what is wrong with them. */
export async function listRules(tx: Tx): Promise<Rule[]> {
  const rules = await rulesIn(tx)
  const targets = await targetsIn(tx)
  const on = rules.filter(({ state }) => state === 'on')
  return rules.map((rule, at) => presentRule(rule, at + 1, targets, rule.state === 'on' ? circlesOf(rule, on) : []))
}

const presentRule = (
  { id, state, problem, version, definition }: RuleRow,
  position: number,
  targets: Targets,
  warnings: string[],
): Rule => ({
  ...definition,
  id,
  position,
  state,
  problem: problem ?? missingIn(definition, targets),
  warnings,
  words: ruleWords(definition, targets),
  version,
})
