import { WEBHOOK_EVENTS } from '../../../shared/webhooks.ts'
import type { Ctx } from '../../context.ts'
import type { Fact } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { shadowAmong, withheld } from '../settings/index.ts'
import { sendDeliveries } from './jobs.ts'
import { foundSilent, isSilent } from './listening.ts'

const types = Object.keys(WEBHOOK_EVENTS).map((type) => ({ type }))

/** History is told to nobody, and in shadow mode nobody is told of anything. */
export const webhookFollowers = [
  following(types, async (ctx: Ctx, tx, facts) => {
    const told = facts.filter(({ historical }) => !historical)
    if (told.length === 0 || isSilent(ctx, tx.workspaceId)) return
    const { listening, shadow } = await write(tx, told, 'unless in shadow')
    if (listening === 0) foundSilent(ctx, tx.workspaceId)
    else if (shadow) await writeOutOfShadow(tx, told)
  }),
]

/** One mailbox may be in shadow mode, and what is about others is told. What is not is counted, once for each address. */
async function writeOutOfShadow(tx: Tx, facts: readonly Fact[]): Promise<void> {
  const isShadowed = await shadowAmong(
    tx,
    facts.flatMap(({ ticketId }) => ticketId ?? []),
  )
  const kept = facts.filter(({ ticketId }) => !isShadowed(ticketId))
  const left = facts.filter(({ ticketId }) => isShadowed(ticketId)).map(({ type }) => type)
  const [found] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from desk.webhook hook join unnest(${left}::text[]) as f (type) on f.type = any(hook.events)
    where hook.workspace_id = ${tx.workspaceId}::uuid and hook.state = 'on'`
  await withheld(tx, 'webhook', found?.count ?? 0)
  if (kept.length > 0) await write(tx, kept, 'in any case')
}

type Written = { listening: number; shadow: boolean }

/**
 * One row for each fact and address, and one job for each address, in one statement. The job has no key, because everybody who records
 * would wait for everybody else on its row.
 * @returns how many addresses of the workspace are told of anything, and whether something of it is in shadow mode
 */
async function write(tx: Tx, facts: readonly Fact[], when: 'unless in shadow' | 'in any case'): Promise<Written> {
  const rows = facts.map(({ type, ticketId, payload, by, occurredAt }) => ({
    type,
    data: { ...payload, ...(ticketId && { ticketId }), by: { kind: by.kind, id: by.id } },
    at: occurredAt ?? tx.now,
  }))
  const { name, maxAttempts } = sendDeliveries
  const [found] = await tx.$queryRaw<Written[]>`
    with shadow as materialized (
      select exists (select from desk.shadow_period where workspace_id = ${tx.workspaceId}::uuid and ended_at is null) as holds
    ), hook as (
      select id, events from desk.webhook where workspace_id = ${tx.workspaceId}::uuid and state = 'on'
    ), written as (
      insert into desk.webhook_delivery (workspace_id, id, webhook_id, type, data, state, next_at, occurred_at, created_at)
      select ${tx.workspaceId}::uuid, gen_random_uuid(), hook.id, f.type, f.data, 'waiting', ${tx.now}, f.at, ${tx.now}
      from hook join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (type text, data jsonb, at timestamptz) on f.type = any(hook.events)
      where ${when === 'in any case'} or not (select holds from shadow)
      returning webhook_id
    ), woken as (
      select app.enqueue(jsonb_agg(jsonb_build_object('job', ${name}::text, 'payload', jsonb_build_object('webhookId', webhook_id),
        'maxAttempts', ${maxAttempts}::int)))::text as done
      from (select distinct webhook_id from written) as told having count(*) > 0
    )
    select (select count(*)::int from hook) as listening, (select holds from shadow) as shadow, (select count(done)::int from woken) as woken`
  return found ?? { listening: 0, shadow: false }
}
