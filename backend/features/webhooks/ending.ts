import type { Answered } from '../../clients/webhooks/index.ts'
import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { webhookSwitchedOff } from './events.ts'
import { DEAD_MS, pauseAfter, QUIET_MS } from './pauses.ts'

/** One attempt and how it ended. */
export type Ended = { id: string; attempt: number; at: Date; answered: Answered }

const GONE = 410

/** Nobody answered at all. */
export const isSilent = (ends: readonly Ended[]): boolean => ends.every(({ answered }) => 'problem' in answered)

/** Writes down what came of a batch, and what follows for the address. */
export async function writeEnds(ctx: Ctx, tx: Tx, webhookId: string, ends: readonly Ended[]): Promise<void> {
  await writeAttempts(ctx, tx, ends)
  const steps = ends.map((end) => ({ id: end.id, ...stepAfter(end, tx.now) }))
  await tx.$executeRaw`
    update desk.webhook_delivery d set next_at = s.at, state = case when d.state = 'waiting' or s.state = 'done' then s.state else d.state end
    from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as s (id uuid, state text, at timestamptz)
    where d.workspace_id = ${tx.workspaceId}::uuid and d.id = s.id`
  await judge(tx, webhookId, {
    silent: isSilent(ends),
    done: steps.some(({ state }) => state === 'done'),
    givenUp: steps.some(({ state }) => state === 'failed'),
    gone: ends.some(({ answered }) => statusOf(answered) === GONE),
  })
}

const statusOf = (answered: Answered): number | null => ('problem' in answered ? null : answered.status)

function stepAfter({ attempt, answered }: Ended, now: Date): { state: 'waiting' | 'done' | 'failed'; at: Date } {
  const status = statusOf(answered)
  if (status !== null && status >= 200 && status < 300) return { state: 'done', at: now }
  const pause = pauseAfter(attempt, 'problem' in answered ? null : answered.retryAfter)
  if (pause === null) return { state: 'failed', at: now }
  return { state: 'waiting', at: new Date(now.getTime() + pause) }
}

async function writeAttempts(ctx: Ctx, tx: Tx, ends: readonly Ended[]): Promise<void> {
  const box = await ctx.keyring.box(tx)
  await tx.webhookAttempt.createMany({
    data: ends.map(({ id, attempt, at, answered }) => ({
      workspaceId: tx.workspaceId,
      deliveryId: id,
      attempt,
      at,
      ms: answered.ms,
      status: statusOf(answered),
      problem: 'problem' in answered ? answered.problem : null,
      answer: 'problem' in answered ? null : box.seal('webhook_attempt.answer', `${id}/${attempt}`, answered.answer),
    })),
    skipDuplicates: true,
  })
}

type Came = { silent: boolean; done: boolean; givenUp: boolean; gone: boolean }

async function judge(tx: Tx, id: string, { silent, done, givenUp, gone }: Came): Promise<void> {
  const { workspaceId, now } = tx
  const [hook] = await tx.$queryRaw<{ failingSince: Date | null; state: string }[]>`
    select failing_since as "failingSince", state from desk.webhook
    where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid for update`
  if (hook?.state !== 'on') return
  const failingSince = done ? null : (hook.failingSince ?? now)
  const dead = givenUp && failingSince !== null && now.getTime() - failingSince.getTime() >= DEAD_MS
  const off = gone || dead
  const where = { workspaceId_id: { workspaceId, id } }
  const quietUntil = silent ? new Date(now.getTime() + QUIET_MS) : null
  await tx.webhook.update({ where, data: { failingSince, quietUntil, ...(off && { state: 'failed' }) } })
  if (!off) return
  await tx.webhookDelivery.updateMany({
    where: { workspaceId, webhookId: id, state: 'waiting' },
    data: { state: 'failed' },
  })
  await record(tx, [webhookSwitchedOff({ webhookId: id, reason: gone ? 'gone' : 'dead', by: systemOf(workspaceId) })])
}
