import type { MailRules } from '../../../../shared/mail-rules.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { KEPT_DAYS } from '../ignoring/remembering.ts'
import { mailRulesIn } from './rows.ts'

/** The rules in their order, with how much each ignored. */
export async function listRules(tx: Tx): Promise<MailRules> {
  const { version, rules } = await mailRulesIn(tx)
  const ids = rules.map(({ id }) => id)
  const since = new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000)
  const counts = await tx.$queryRaw<{ id: string; ignored: number }[]>(ignoredBySql(tx.workspaceId, ids, since))
  const ignored = new Map(counts.map((row) => [row.id, row.ignored]))
  return {
    version,
    items: rules.map(({ preset, ...rule }, at) => ({
      ...rule,
      position: at + 1,
      preset: preset !== null,
      ignored: ignored.get(rule.id) ?? 0,
    })),
  }
}

/** Counted to a thousand, which says enough; exported so that a test can look at its plan. */
export const ignoredBySql = (workspaceId: string, ids: readonly string[], since: Date): Prisma.Sql => Prisma.sql`
  select r.id::text, (select count(*)::int from (select from desk.ignored_mail i
    where i.workspace_id = ${workspaceId}::uuid and i.rule_id = r.id and i.at >= ${since} limit 1000) few) as ignored
  from unnest(${[...ids]}::uuid[]) as r (id)`
