import { WEBHOOK_EVENTS } from '../../../shared/webhooks.ts'
import type { Ctx } from '../../context.ts'
import type { Fact } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { sendDeliveries, senderQueue } from './jobs.ts'

const types = Object.keys(WEBHOOK_EVENTS).map((type) => ({ type }))

/** History is told to nobody. */
export const webhookFollowers = [
  following(types, async (_ctx: Ctx, tx, facts) => {
    const told = facts.filter(({ historical }) => !historical)
    if (told.length > 0) await write(tx, told)
  }),
]

/**
 * One row for each fact and address, and one job for each address: one statement, which finds nothing where no address is told. The
 * job has no key, because everybody who records would wait for everybody else on its row.
 */
async function write(tx: Tx, facts: readonly Fact[]): Promise<void> {
  const rows = facts.map(({ type, ticketId, payload, by, occurredAt }) => ({
    type,
    data: { ...payload, ...(ticketId && { ticketId }), by: { kind: by.kind, id: by.id } },
    at: occurredAt ?? tx.now,
  }))
  const { name, maxAttempts } = sendDeliveries
  await tx.$executeRaw`
    with written as (
      insert into desk.webhook_delivery (workspace_id, id, webhook_id, type, data, state, next_at, occurred_at, created_at)
      select w.workspace_id, gen_random_uuid(), w.id, f.type, f.data, 'waiting', ${tx.now}, f.at, ${tx.now}
      from desk.webhook w join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (type text, data jsonb, at timestamptz) on f.type = any(w.events)
      where w.workspace_id = ${tx.workspaceId}::uuid and w.state = 'on'
      returning webhook_id
    )
    select app.enqueue(jsonb_agg(jsonb_build_object('job', ${name}::text, 'payload', jsonb_build_object('webhookId', webhook_id),
      'queue', ${senderQueue('')} || webhook_id, 'maxAttempts', ${maxAttempts}::int)))
    from (select distinct webhook_id from written) as told having count(*) > 0`
}
