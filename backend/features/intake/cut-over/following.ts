import type { Ctx } from '../../../context.ts'
import type { Fact } from '../../../platform/events.ts'
import { following } from '../../../platform/followers.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { mailReceived, replySent, ticketCreated, ticketMoved, ticketVoided } from '../../tickets/index.ts'

/** What was older at the go-live is listed by no setting, so it needs no row. Days. */
const OLDEST = 120

const ids = (facts: readonly Fact[]): string[] => [...new Set(facts.flatMap(({ ticketId }) => ticketId ?? []))]

/** Keeps the list of what the past left unanswered: its mails are weighed anew with each one, and whatever happens now ends it. */
export const unansweredFollower = following(
  [mailReceived, replySent, ticketCreated, ticketMoved, ticketVoided],
  async (_ctx: Ctx, tx, facts) => {
    const past = facts.filter(({ historical, type }) => historical && type !== ticketCreated.type)
    if (past.length > 0) await weigh(tx, ids(past))
    const over = endedBy(facts.filter(({ historical }) => !historical))
    if (over.length > 0)
      await tx.unansweredThread.deleteMany({ where: { workspaceId: tx.workspaceId, ticketId: { in: over } } })
  },
)

/** A ticket that is new is on no list, which spares most mails the question; one that follows another goes on with it. */
function endedBy(facts: readonly Fact[]): string[] {
  const created = facts.filter(({ type }) => type === ticketCreated.type)
  const fresh = new Set(ids(created))
  const followed = created.flatMap(({ payload }) =>
    typeof payload['followsId'] === 'string' ? [payload['followsId']] : [],
  )
  return [...ids(facts).filter((id) => !fresh.has(id)), ...followed]
}

/** Who of people wrote last, as all mails stand by now: they may come in any order. */
async function weigh(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    with standing as materialized (
      select t.id, t.mailbox_id, last.sent_at,
        t.status = 'closed' and t.void_reason is null and t.mailbox_id is not null and last.direction = 'in'
          and last.sent_at > least(${tx.now}::timestamptz, coalesce(b.live_from, b.created_at)) - make_interval(days => ${OLDEST}) as waits
      from desk.ticket t left join desk.mailbox b on b.workspace_id = t.workspace_id and b.id = t.mailbox_id cross join lateral (
        select m.direction, m.sent_at from desk.message m
        where m.workspace_id = t.workspace_id and m.ticket_id = t.id and m.direction in ('in', 'out') and not m.automatic
        order by m.sent_at desc, m.id desc limit 1) last
      where t.workspace_id = ${tx.workspaceId}::uuid and t.id = any(${[...ticketIds]}::uuid[])
    ), gone as (
      delete from desk.unanswered_thread u using standing s where u.workspace_id = ${tx.workspaceId}::uuid and u.ticket_id = s.id and not s.waits)
    insert into desk.unanswered_thread (workspace_id, ticket_id, mailbox_id, last_at)
    select ${tx.workspaceId}::uuid, id, mailbox_id, sent_at from standing where waits
    on conflict (workspace_id, ticket_id) do update set last_at = excluded.last_at`
}
