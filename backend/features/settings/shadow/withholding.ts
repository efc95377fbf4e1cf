import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/** What people read of a kind of act; a kind without words is shown as it is. */
const WORDS: Readonly<Record<string, string>> = {
  'gmail.reply': 'answers',
  automatic_reply: 'automatic answers',
  'gmail.reminder': 'reminders to customers',
  'gmail.notice': 'mails to the team',
  'gmail.report': 'reports to the team',
  'sheets.rows': 'rows of the log in Google Sheets',
  'push.notice': 'push notices',
  notice: 'notices to the team',
  webhook: 'calls of webhooks',
  'shopify.webhooks': "renewals of Shopify's subscriptions",
}

/** Counts something that shadow mode kept from being done. Rows are only added, so that nobody waits for a counter. */
export async function withheld(tx: Tx, kind: string, count: number, mailboxId: string | null = null): Promise<void> {
  const { workspaceId, now: at } = tx
  if (count > 0) await tx.withheldAct.create({ data: { workspaceId, id: newId(at), kind, count, mailboxId, at } })
}

export type Withheld = { kind: string; words: string; count: number }

/** What was kept back since an instant, the most first. */
export async function withheldSince(tx: Tx, since: Date): Promise<Withheld[]> {
  const rows = await tx.$queryRaw<{ kind: string; count: number }[]>`
    select kind, sum(count)::int as count from desk.withheld_act
    where workspace_id = ${tx.workspaceId}::uuid and at >= ${since} group by kind order by 2 desc, kind`
  return rows.map(({ kind, count }) => ({ kind, words: WORDS[kind] ?? kind, count }))
}

const KEPT_MS = 90 * 86_400_000

/** What is older than 90 days tells nothing about a change-over any more. */
export async function forgetWithheld(tx: Tx): Promise<void> {
  await tx.withheldAct.deleteMany({
    where: { workspaceId: tx.workspaceId, at: { lt: new Date(tx.now.getTime() - KEPT_MS) } },
  })
}
