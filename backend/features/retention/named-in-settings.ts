import type { Tx } from '../../platform/tenancy.ts'
import type { Needles } from './needles.ts'
import { names } from './needles.ts'

/** What the team wrote for everybody and names the customer: the desk does not rewrite a rule by itself, so the report says where to look. */
export async function namedInSettings(tx: Tx, needles: Needles): Promise<{ id: string; problem: string }[]> {
  const { workspaceId } = tx
  const rules = await tx.rule.findMany({ where: { workspaceId }, select: { id: true, name: true, definition: true } })
  const mailRules = await tx.mailRule.findMany({
    where: { workspaceId },
    select: { id: true, name: true, matches: true },
  })
  const replies = await tx.savedReply.findMany({
    where: { workspaceId },
    select: { id: true, title: true, text: true, variants: true },
  })
  const told = (problem: string, rows: readonly { id: string }[]) =>
    rows.flatMap((row) => (names(needles, JSON.stringify(row)) ? [{ id: row.id, problem }] : []))
  return [
    ...told('named_in_rule', rules),
    ...told('named_in_mail_rule', mailRules),
    ...told('named_in_saved_reply', replies),
  ]
}
