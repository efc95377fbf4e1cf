import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue, job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { openActionContent } from '../content.ts'
import { expireApproval } from '../deciding/agreeing.ts'
import { actionApprovalAsked } from '../events.ts'
import { type ActionRow, lockAction } from '../locking.ts'
import { nextToAsk } from './choosing.ts'

/** After this without a decision the next person is asked. */
const NEXT_MS = 15 * 60_000
/** After this the action goes back to its agent. */
export const EXPIRES_MS = 24 * 60 * 60_000

const Waiting = z.object({ actionId: z.uuid(), since: z.iso.datetime() })

/** Asks the next person, and comes again, until somebody decides or the time is over. */
export const askForApproval = job(
  'combined-actions:ask-approval',
  Waiting,
  (ctx: Ctx, workspaceId, { actionId, since }) =>
    inWorkspace(ctx, workspaceId, (tx) => askNext(ctx, tx, actionId, new Date(since))),
)

/** @param since when it began to wait */
export const beginAsking = (tx: Tx, actionId: string, since: Date, at: Date = tx.now): Promise<void> =>
  enqueue(tx, askForApproval, { actionId, since: since.toISOString() }, { key: `approval:${actionId}`, at })

async function askNext(ctx: Ctx, tx: Tx, actionId: string, since: Date): Promise<void> {
  const action = await lockAction(tx, actionId)
  if (action.state !== 'waiting_approval') return
  const end = new Date(since.getTime() + EXPIRES_MS)
  if (tx.now >= end) return expireApproval(ctx, tx, actionId)
  const asked = await lastAsked(tx, actionId)
  const next = asked === null ? tx.now : new Date(asked.getTime() + NEXT_MS)
  if (next > tx.now) return beginAsking(tx, actionId, since, next) // this job ran twice
  await askOne(ctx, tx, action)
  const again = new Date(Math.min(tx.now.getTime() + NEXT_MS, end.getTime()))
  await beginAsking(tx, actionId, since, again)
}

async function lastAsked(tx: Tx, actionId: string): Promise<Date | null> {
  const { _max } = await tx.actionApproval.aggregate({
    where: { workspaceId: tx.workspaceId, actionId, decision: null },
    _max: { askedAt: true },
  })
  return _max.askedAt
}

/** When everybody was asked, they all keep it in their list; somebody who joins meanwhile is asked, too. */
async function askOne(ctx: Ctx, tx: Tx, action: ActionRow): Promise<void> {
  const { receivers } = openActionContent(await ctx.keyring.box(tx), action.id, action.content)
  const chosen = await nextToAsk(tx, action, receivers)
  if (!chosen) return ctx.log.info({ actionId: action.id }, 'nobody else can be asked for approval')
  const { id: actionId, ticketId } = action
  const approvalId = newId(tx.now)
  await tx.actionApproval.create({
    data: { workspaceId: tx.workspaceId, id: approvalId, actionId, approverId: chosen.id, askedAt: tx.now },
  })
  const by = systemOf(tx.workspaceId)
  await record(tx, [actionApprovalAsked({ ticketId, actionId, approvalId, approverId: chosen.id, by })])
}
