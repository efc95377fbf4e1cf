import type { Ctx } from '../../context.ts'
import type { Fact } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { chainOf } from './chains.ts'
import { triggersIn } from './listening.ts'
import { TRY } from './queueing.ts'
import { triggerOf, WAITED_FOR } from './triggers.ts'

/** Costs nothing where no rule waits for it: what rules wait for is known to the process. */
export const ruleFollower = following(WAITED_FOR, async (ctx: Ctx, tx, facts) => {
  const triggers = await triggersIn(ctx, tx)
  if (triggers.size === 0) return
  const causes = facts.flatMap((fact) => causeOf(tx, fact, triggers))
  if (causes.length > 0) await keep(tx, causes)
})

type Cause = { id: string; ticketId: string; trigger: string }

function causeOf(tx: Tx, fact: Fact, triggers: ReadonlySet<string>): Cause[] {
  const trigger = triggerOf(fact)
  if (trigger === null || fact.ticketId === null || !triggers.has(trigger)) return []
  return [{ id: newId(tx.now), ticketId: fact.ticketId, trigger }]
}

/**
 * Keeps what happened, and one job for each ticket, in one statement. The job has no key: with one, everybody who records would wait for
 * everybody else on its row.
 */
async function keep(tx: Tx, causes: readonly Cause[]): Promise<void> {
  const chain = chainOf(tx)
  await tx.$executeRaw`
    with kept as (
      insert into desk.rule_cause (workspace_id, id, ticket_id, trigger, root_id, depth, chain, at)
      select ${tx.workspaceId}::uuid, c.id, c."ticketId", c.trigger, coalesce(${chain?.rootId ?? null}::uuid, c.id), ${chain?.depth ?? 0}::int,
        ${[...(chain?.ran ?? [])]}::uuid[], ${tx.now}
      from jsonb_to_recordset(${JSON.stringify(causes)}::jsonb) as c (id uuid, "ticketId" uuid, trigger text)
      returning id, ticket_id
    )
    select app.enqueue(jsonb_agg(jsonb_build_object('job', ${TRY.name}::text, 'queue', 'ticket:' || ticket_id,
      'payload', jsonb_build_object('ticketId', ticket_id, 'causeIds', ids), 'maxAttempts', ${TRY.maxAttempts}::int)))
    from (select ticket_id, jsonb_agg(id order by id) as ids from kept group by ticket_id) as told`
}
