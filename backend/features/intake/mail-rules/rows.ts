import { MailMatches, type MailOutcome, type MailRuleInput } from '../../../../shared/mail-rules.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { PRESETS } from './presets.ts'

export type StoredRule = MailRuleInput & { id: string; preset: string | null }

/** The rules of a workspace in their order; those of the code until somebody changes one. */
export async function mailRulesIn(tx: Tx): Promise<{ version: number; rules: StoredRule[] }> {
  const rows = await tx.$queryRaw<(Omit<StoredRule, 'matches'> & { version: number; matches: unknown })[]>`
    select w.mail_rule_version as version, r.id::text, r.name, r.active, r.mailbox_id::text as "mailboxId", r.matches, r.outcome, r.preset
    from desk.workspace w left join desk.mail_rule r on r.workspace_id = w.workspace_id
    where w.workspace_id = ${tx.workspaceId}::uuid order by r.position`
  const version = rows[0]?.version ?? 0
  if (version === 0) return { version, rules: [...PRESETS] }
  const rules = rows.flatMap(({ version: _version, matches, ...row }) =>
    row.id === null ? [] : [{ ...row, matches: MailMatches.parse(matches), outcome: row.outcome as MailOutcome }],
  )
  return { version, rules }
}

/** Writes all rules in their order, and counts the version up, so that every judge made of the old ones is forgotten. */
export async function storeRules(tx: Tx, rules: readonly StoredRule[]): Promise<void> {
  const { workspaceId, now } = tx
  await tx.mailRule.deleteMany({ where: { workspaceId } })
  await tx.mailRule.createMany({
    data: rules.map((rule, at) => ({ ...rule, workspaceId, position: at + 1, updatedAt: now })),
  })
  await tx.$executeRaw`
    update desk.workspace set mail_rule_version = mail_rule_version + 1 where workspace_id = ${workspaceId}::uuid`
}
