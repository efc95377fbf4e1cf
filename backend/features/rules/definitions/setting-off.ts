import type { RuleAct, RuleDefinition, RuleEvent } from '../../../../shared/rules.ts'

/** What an act makes happen that rules may wait for. */
const CAUSES: Record<RuleAct['do'], readonly RuleEvent[]> = {
  priority: ['priority_changed'],
  category: ['category_changed'],
  tag: ['tagged'],
  untag: ['tagged'],
  assign: ['assigned'],
  assign_next: ['assigned'],
  status: ['status_moved'],
  snooze: [],
  note: ['noted'],
  escalate: ['escalated', 'assigned'],
  tell: [],
  reply: [],
  spam: [],
}

type Named = { id: string; definition: RuleDefinition }

const sets = ({ definition: one }: Named, { definition: other }: Named): boolean =>
  other.when.on === 'event' &&
  one.acts.some((act) => CAUSES[act.do].includes((other.when as { event: RuleEvent }).event))

/**
 * Rules that set each other off, as warnings for one of them: whatever it starts may come back to it. They are kept all the same, because
 * the guard runs each once; conditions may keep them apart, too.
 */
export function circlesOf(rule: Named, rules: readonly Named[]): string[] {
  const others = rules.filter(({ id }) => id !== rule.id)
  const reached = reach(rule, others)
  return others
    .filter((other) => reached.has(other.id) && reach(other, [...others, rule]).has(rule.id))
    .map(
      ({ definition }) =>
        `«${rule.definition.name}» and «${definition.name}» can set each other off. Each runs once then, and the rest is stopped; conditions can keep them apart.`,
    )
}

/** The rules that one sets off, directly or through others. */
function reach(from: Named, rules: readonly Named[]): Set<string> {
  const reached = new Set<string>()
  const waiting = [from]
  for (let next = waiting.pop(); next; next = waiting.pop())
    for (const other of rules)
      if (!reached.has(other.id) && sets(next, other)) {
        reached.add(other.id)
        waiting.push(other)
      }
  return reached
}
