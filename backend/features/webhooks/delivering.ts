import { type Answered, postWebhook, webhookHeaders } from '../../clients/webhooks/index.ts'
import type { Ctx } from '../../context.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { mayAffectOutside } from '../settings/index.ts'
import { type Ended, isSilent, writeEnds } from './ending.ts'
import { nextDue, takeDue } from './queries.ts'
import { secretsOf } from './secrets.ts'

/** At the same time to one address. */
const AT_ONCE = 10
/** Longer than a call takes; whoever died meanwhile is followed by another. */
const LEASE_MS = 60_000
/** Then others get their turn. */
const TURN_MS = 20_000

type Address = { workspaceId: string; webhookId: string }
type Taken = { id: string; type: string; data: object; attempt: number; occurredAt: Date }
type Batch = { url: string; secrets: string[]; taken: Taken[] }

/**
 * Sends what is due, until nothing is, nobody answers, or others want their turn.
 * @param comeBack enqueues the next turn, in the transaction that is handed over
 */
export async function deliver(ctx: Ctx, at: Address, comeBack: (tx: Tx, at: Date) => Promise<void>): Promise<void> {
  const started = performance.now()
  for (let turns = 0; ; turns++) {
    const batch = await inWorkspace(ctx, at.workspaceId, (tx) => take(ctx, tx, at.webhookId))
    if (batch === null || (batch.taken.length === 0 && turns === 0)) return // whoever made something wait comes back for it
    const ends = await Promise.all(batch.taken.map((one) => send(ctx, batch, one)))
    if (ends.length > 0) await inWorkspace(ctx, at.workspaceId, (tx) => writeEnds(ctx, tx, at.webhookId, ends))
    if (ends.length === 0 || isSilent(ends) || performance.now() - started > TURN_MS) break
  }
  await inWorkspace(ctx, at.workspaceId, async (tx) => {
    const [next] = await tx.$queryRaw<{ nextAt: Date }[]>(nextDue(tx.workspaceId, at.webhookId))
    if (next) await comeBack(tx, next.nextAt)
  })
}

/** @returns null when the address is removed, switched off or left alone, or nothing may leave */
async function take(ctx: Ctx, tx: Tx, webhookId: string): Promise<Batch | null> {
  const { workspaceId, now } = tx
  const hook = await tx.webhook.findUnique({ where: { workspaceId_id: { workspaceId, id: webhookId } } })
  if (hook?.state !== 'on' || (hook.quietUntil && hook.quietUntil > now)) return null
  if (!(await mayAffectOutside(ctx, tx))) return null
  const lease = { now, until: new Date(now.getTime() + LEASE_MS), limit: AT_ONCE }
  const taken = await tx.$queryRaw<Taken[]>(takeDue(workspaceId, webhookId, lease))
  return { url: hook.url, secrets: secretsOf(await ctx.keyring.box(tx), hook, now), taken }
}

async function send(ctx: Ctx, { url, secrets }: Batch, delivery: Taken): Promise<Ended> {
  const { id, attempt, type, data, occurredAt } = delivery
  const body = JSON.stringify({ type, timestamp: occurredAt.toISOString(), data })
  const at = ctx.clock.now()
  const headers = { ...webhookHeaders({ id, at, body }, secrets), 'user-agent': 'Sidedesk' }
  const answered: Answered = await postWebhook(url, { headers, body }, ctx.config.webhooks)
  ctx.metrics.outside.inc({ system: 'webhook', method: 'post', outcome: outcomeOf(answered) })
  return { id, attempt, at, answered }
}

const outcomeOf = (answered: Answered): string =>
  'problem' in answered ? answered.problem : answered.status < 300 ? 'done' : 'refused'
