import type { Ctx } from '../../../context.ts'
import type { Fact } from '../../../platform/events.ts'
import { following } from '../../../platform/followers.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { answerOwed, thanksOnly } from '../../sla/index.ts'
import { mailReceived, replySent, ticketMoved, ticketUnvoided, ticketVoided } from '../../tickets/index.ts'

/** A holding answer does not stop the clock, and thanks do not start one. */
async function tellClock(ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  // Few mails of a batch are kept answers or thanks.
  for (const { type, ticketId, payload } of facts) {
    if (!ticketId) continue
    if (type === replySent.type && payload['kept'] === true) await answerOwed(ctx, tx, ticketId, owedUntil(payload))
    if (type === mailReceived.type && payload['thanks'] === true) await thanksOnly(ctx, tx, ticketId, true)
  }
}

const owedUntil = ({ owedUntil: until }: Fact['payload']): Date | null =>
  typeof until === 'string' ? new Date(until) : null

/**
 * Tickets that wait for their customer or are solved are remembered with the time since when they are quiet, and what somebody chose
 * for their next answer ends with the move of a ticket: one statement for all. A machine's answer does not count as one.
 */
async function noteStanding(tx: Tx, facts: readonly Fact[]): Promise<void> {
  const counted = facts.filter(({ historical, payload }) => !historical && payload['automatic'] !== true)
  const ids = [...new Set(counted.flatMap(({ ticketId }) => ticketId ?? []))]
  if (ids.length === 0) return
  const moved = counted.flatMap(({ type, ticketId }) => (type !== replySent.type && ticketId ? [ticketId] : []))
  await tx.$executeRaw`
    with quiet as (
      insert into desk.idle_ticket as k (workspace_id, ticket_id, status, since)
      select t.workspace_id, t.id, t.status, ${tx.now} from desk.ticket t
      where t.workspace_id = ${tx.workspaceId}::uuid and t.id = any(${ids}::uuid[]) and t.status in ('pending', 'solved') and t.void_reason is null
      on conflict (workspace_id, ticket_id) do update set status = excluded.status, since = excluded.since, reminded_at = null
      returning k.ticket_id),
    busy as (
      delete from desk.idle_ticket where workspace_id = ${tx.workspaceId}::uuid and ticket_id = any(${ids}::uuid[])
        and ticket_id not in (select t.id from desk.ticket t where t.workspace_id = ${tx.workspaceId}::uuid and t.id = any(${ids}::uuid[])
          and t.status in ('pending', 'solved') and t.void_reason is null))
    delete from desk.send_intent where workspace_id = ${tx.workspaceId}::uuid and ticket_id = any(${moved}::uuid[])`
}

export const sendingFollowers = [
  following([replySent, mailReceived], tellClock),
  following([ticketMoved, replySent, ticketVoided, ticketUnvoided], (_ctx: Ctx, tx, facts) => noteStanding(tx, facts)),
]
