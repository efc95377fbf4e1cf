import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { freshText } from '../../intake/index.ts'
import { customerTiersIn } from '../../sla/index.ts'
import type { Asked } from '../judging/asking.ts'
import type { Facts } from '../judging/facts.ts'

/** A ticket as it stands now. */
export type Today = Omit<Facts, 'message' | 'openNow'>

/** Tickets as they stand now, in one statement; who their customers are only where a rule asks. */
export async function ticketsOf(ctx: Ctx, tx: Tx, ids: readonly string[], asked: Asked): Promise<Map<string, Today>> {
  const rows = await tx.$queryRaw<Omit<Today, 'tier'>[]>`
    select t.id::text as "ticketId", t.number, t.status, t.priority, t.category, t.tags, t.mailbox_id::text as "mailboxId", t.channel,
      t.language, t.assignee_id::text as "assigneeId", t.void_reason as "voidReason", t.snoozed_until is not null as snoozed,
      nullif(t.queue_at, '9999-12-31 00:00:00+00') as "waitsSince", t.subject, t.customer_id::text as "customerId"
    from desk.ticket t where t.workspace_id = ${tx.workspaceId}::uuid and t.id = any(${[...ids]}::uuid[])`
  const customers = [...new Set(rows.map(({ customerId }) => customerId))]
  const tiers = asked.tier ? await customerTiersIn(ctx, tx, customers) : null
  return new Map(rows.map((row) => [row.ticketId, { ...row, tier: tiers?.get(row.customerId) ?? 'standard' }]))
}

export type Moment = { ticketId: string; at: Date }

/** The newest mail of each ticket at an instant. Exported so that a test can look at its plan. */
export const mailsSql = (workspaceId: string, moments: readonly Moment[]): Prisma.Sql => Prisma.sql`
  select k.n::int, m.id::text, m.body
  from unnest(${moments.map(({ ticketId }) => ticketId)}::uuid[], ${moments.map(({ at }) => at)}::timestamptz[]) with ordinality as k (ticket_id, at, n)
  cross join lateral (
    select id, body from desk.message where workspace_id = ${workspaceId}::uuid and ticket_id = k.ticket_id and direction = 'in'
      and created_at <= k.at order by sent_at desc, id desc limit 1) m`

/** What customers had written by then, in the order of the moments; empty where there was nothing. */
export async function mailsAt(ctx: Ctx, tx: Tx, moments: readonly Moment[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ n: number; id: string; body: Uint8Array }[]>(mailsSql(tx.workspaceId, moments))
  const box = await ctx.keyring.box(tx)
  const texts = new Map(rows.map(({ n, id, body }) => [n, freshText(box.openText('message.body', id, body))]))
  return moments.map((_, at) => texts.get(at + 1) ?? '')
}
