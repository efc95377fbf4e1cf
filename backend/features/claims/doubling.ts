import { type Fact, record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { claimDoubled } from './events.ts'

type Doubled = { claimId: string; ticketId: string; staffId: string; messageId: string; answeredById: string }

/** An answer of somebody else inside a claim is a second one, which is said once. The claimant's own renews nothing: it ends the work. */
export async function noteAnswers(tx: Tx, facts: readonly Fact[]): Promise<void> {
  const answers = facts.filter(({ payload, historical }) => !historical && typeof payload['staffId'] === 'string')
  if (answers.length === 0) return
  const doubled = await tx.$queryRaw<Doubled[]>`
    update desk.ticket_claim c set doubled_at = ${tx.now}, doubled_by_id = a.staff_id
    from unnest(${answers.map(({ ticketId }) => ticketId)}::uuid[], ${answers.map(({ payload }) => payload['staffId'])}::uuid[],
      ${answers.map(({ payload }) => payload['messageId'])}::uuid[], ${answers.map(({ occurredAt }) => occurredAt ?? tx.now)}::timestamptz[])
      as a (ticket_id, staff_id, message_id, at)
    where c.workspace_id = ${tx.workspaceId}::uuid and c.ticket_id = a.ticket_id and c.staff_id <> a.staff_id
      and c.since <= a.at and coalesce(c.ended_at, c.until) > a.at and c.doubled_at is null
    returning c.id::text as "claimId", c.ticket_id::text as "ticketId", c.staff_id::text as "staffId",
      a.message_id::text as "messageId", a.staff_id::text as "answeredById"`
  await record(
    tx,
    doubled.map((one) => claimDoubled({ ...one, by: { kind: 'staff', id: one.answeredById } })),
  )
}
