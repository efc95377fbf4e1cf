import { WEBHOOK_EVENTS } from '../../../shared/webhooks.ts'
import type { Ctx } from '../../context.ts'
import type { Fact } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { sendDeliveries } from './jobs.ts'
import { foundSilent, isSilent } from './listening.ts'

const types = Object.keys(WEBHOOK_EVENTS).map((type) => ({ type }))

/** History is told to nobody. */
export const webhookFollowers = [
  following(types, async (ctx: Ctx, tx, facts) => {
    const told = facts.filter(({ historical }) => !historical)
    if (told.length === 0 || isSilent(ctx, tx.workspaceId)) return
    if ((await write(tx, told)) === 0) foundSilent(ctx, tx.workspaceId)
  }),
]

/**
 * One row for each fact and address, and one job for each address, in one statement. The job has no key, because everybody who records
 * would wait for everybody else on its row.
 * @returns how many addresses of the workspace are told of anything
 */
async function write(tx: Tx, facts: readonly Fact[]): Promise<number> {
  const rows = facts.map(({ type, ticketId, payload, by, occurredAt }) => ({
    type,
    data: { ...payload, ...(ticketId && { ticketId }), by: { kind: by.kind, id: by.id } },
    at: occurredAt ?? tx.now,
  }))
  const { name, maxAttempts } = sendDeliveries
  const [found] = await tx.$queryRaw<{ listening: number }[]>`
    with hook as (
      select id, events from desk.webhook where workspace_id = ${tx.workspaceId}::uuid and state = 'on'
    ), written as (
      insert into desk.webhook_delivery (workspace_id, id, webhook_id, type, data, state, next_at, occurred_at, created_at)
      select ${tx.workspaceId}::uuid, gen_random_uuid(), hook.id, f.type, f.data, 'waiting', ${tx.now}, f.at, ${tx.now}
      from hook join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (type text, data jsonb, at timestamptz) on f.type = any(hook.events)
      returning webhook_id
    ), woken as (
      select app.enqueue(jsonb_agg(jsonb_build_object('job', ${name}::text, 'payload', jsonb_build_object('webhookId', webhook_id),
        'maxAttempts', ${maxAttempts}::int)))::text as done
      from (select distinct webhook_id from written) as told having count(*) > 0
    )
    select (select count(*)::int from hook) as listening, (select count(done)::int from woken) as woken`
  return found?.listening ?? 0
}
