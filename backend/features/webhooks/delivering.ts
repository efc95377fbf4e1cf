import { type Answered, postWebhook, webhookHeaders } from '../../clients/webhooks/index.ts'
import type { Ctx } from '../../context.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { mayAffectOutside } from '../settings/index.ts'
import { type Ended, isSilent, writeEnds } from './ending.ts'
import { holdAddress, nextDue, takeDue } from './queries.ts'
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
 * Sends what is due, until nothing is, nobody answers, or others want their turn. Only one sender at a time holds an address: whatever
 * becomes due meanwhile is seen by it before it lets go.
 * @param comeBack enqueues the next turn, in the transaction that is handed over
 */
export async function deliver(ctx: Ctx, at: Address, comeBack: (tx: Tx, at: Date) => Promise<void>): Promise<void> {
  const first = await inWorkspace(ctx, at.workspaceId, (tx) => take(ctx, tx, at.webhookId, false))
  if (first === null) return
  try {
    await sendAll(ctx, at, first)
  } finally {
    await inWorkspace(ctx, at.workspaceId, (tx) => letGo(tx, at.webhookId, comeBack))
  }
}

async function sendAll(ctx: Ctx, at: Address, first: Batch): Promise<void> {
  const started = performance.now()
  for (let batch: Batch | null = first; batch !== null && batch.taken.length > 0; ) {
    const { url, secrets, taken } = batch
    const ends = await Promise.all(taken.map((one) => send(ctx, { url, secrets }, one)))
    await inWorkspace(ctx, at.workspaceId, (tx) => writeEnds(ctx, tx, at.webhookId, ends))
    if (isSilent(ends) || performance.now() - started > TURN_MS) return
    batch = await inWorkspace(ctx, at.workspaceId, (tx) => take(ctx, tx, at.webhookId, true))
  }
}

/**
 * @param held whether we hold the address already
 * @returns null when somebody else does, when it is removed, switched off or left alone, or nothing may leave
 */
async function take(ctx: Ctx, tx: Tx, webhookId: string, held: boolean): Promise<Batch | null> {
  const { workspaceId, now } = tx
  if (!(await mayAffectOutside(ctx, tx))) return null
  const lease = { now, until: new Date(now.getTime() + LEASE_MS), limit: AT_ONCE }
  if ((await tx.$executeRaw(holdAddress(workspaceId, webhookId, lease, held))) === 0) return null
  const where = { workspaceId_id: { workspaceId, id: webhookId } }
  const hook = await tx.webhook.findUniqueOrThrow({ where })
  const taken = await tx.$queryRaw<Taken[]>(takeDue(workspaceId, webhookId, lease))
  return { url: hook.url, secrets: secretsOf(await ctx.keyring.box(tx), hook, now), taken }
}

/** Lets go before it looks: whoever found the address held had written what was due by then. */
async function letGo(tx: Tx, id: string, comeBack: (tx: Tx, at: Date) => Promise<void>): Promise<void> {
  const { workspaceId } = tx
  await tx.webhook.updateMany({ where: { workspaceId, id }, data: { sendingUntil: null } })
  const [next] = await tx.$queryRaw<{ nextAt: Date }[]>(nextDue(workspaceId, id))
  if (next) await comeBack(tx, next.nextAt)
}

async function send(ctx: Ctx, { url, secrets }: Omit<Batch, 'taken'>, delivery: Taken): Promise<Ended> {
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
