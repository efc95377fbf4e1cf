import { type Fact, record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { claimDoubled } from './events.ts'

type Doubled = { claimId: string; ticketId: string; staffId: string; messageId: string; answeredById: string | null }

/**
 * An answer of somebody else inside a claim is a second one, which is said once; so is one that names nobody, when another was sent in
 * that claim before: it counts as the claimant's, and may not be. The claimant's own renews nothing: it ends the work.
 */
export async function noteAnswers(tx: Tx, facts: readonly Fact[]): Promise<void> {
  const answers = facts.filter(({ payload, historical }) => !historical && typeof payload['staffId'] === 'string')
  if (answers.length === 0) return
  const of = (name: string) => answers.map(({ payload }) => payload[name])
  const doubled = await tx.$queryRaw<Doubled[]>`
    update desk.ticket_claim c set doubled_at = ${tx.now}, doubled_by_id = case when not a.by_claim then a.staff_id end
    from unnest(${answers.map(({ ticketId }) => ticketId)}::uuid[], ${of('staffId')}::uuid[], ${of('messageId')}::uuid[],
      ${answers.map(({ payload }) => payload['byClaim'] === true)}::bool[], ${answers.map(({ occurredAt }) => occurredAt ?? tx.now)}::timestamptz[])
      as a (ticket_id, staff_id, message_id, by_claim, at)
    cross join lateral (
      select a.ticket_id as id union all
      select m.id from desk.ticket m where m.workspace_id = ${tx.workspaceId}::uuid and m.merged_into_id = a.ticket_id) whole
    where c.workspace_id = ${tx.workspaceId}::uuid and c.doubled_at is null and c.since <= a.at and coalesce(c.ended_at, c.until) > a.at
      and c.ticket_id = whole.id
      and (c.staff_id <> a.staff_id or a.by_claim and exists (
        select from desk.message m where m.workspace_id = c.workspace_id and m.ticket_id = a.ticket_id and m.direction = 'out'
          and not m.automatic and m.sent_at >= c.since and m.sent_at <= a.at and m.id <> a.message_id))
    returning c.id::text as "claimId", a.ticket_id::text as "ticketId", c.staff_id::text as "staffId",
      a.message_id::text as "messageId", c.doubled_by_id::text as "answeredById"`
  await record(
    tx,
    doubled.map((one) => claimDoubled({ ...one, by: authorOf(one) })),
  )
}

const authorOf = ({ answeredById: id }: Doubled) => (id ? ({ kind: 'staff', id } as const) : UNKNOWN)

const UNKNOWN = { kind: 'unknown', id: null } as const
