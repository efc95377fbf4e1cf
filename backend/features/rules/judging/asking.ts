import type { RuleCondition, RuleDefinition } from '../../../../shared/rules.ts'

/** What has to be looked up besides the ticket itself. */
export type Asked = { message: boolean; tier: boolean; hours: boolean }

/** What any of the rules asks for. */
export function askedBy(definitions: readonly Pick<RuleDefinition, 'all' | 'any'>[]): Asked {
  const conditions = definitions.flatMap(({ all, any }) => [...all, ...any])
  const asks = (about: RuleCondition['about']) => conditions.some((condition) => condition.about === about)
  return { message: asks('message'), tier: asks('tier'), hours: asks('open_now') }
}
