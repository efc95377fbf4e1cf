import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { enqueue, enqueueAll, job } from '../../platform/jobs.ts'
import { type Outcome, perform, undecided } from '../../platform/journal.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { mayAffectOutside, permitOutside } from '../settings/index.ts'
import { deactivating } from './deactivating.ts'
import { keyOf } from './planning.ts'
import { reissuing } from './reissuing.ts'
import { resending } from './resending.ts'
import { CARRY_OUT, WORK_KINDS, type WorkKind } from './work.ts'

const KINDS = Object.keys(WORK_KINDS) as [WorkKind, ...WorkKind[]]

const Payload = z.object({ what: z.enum(KINDS), entryId: z.uuid() })

/** Asks Shopify for what was written down; the journal makes sure that it happens once. What is not over is looked at again. */
export const carryOutJob = job(
  CARRY_OUT.name,
  Payload,
  async (ctx: Ctx, workspaceId, { what, entryId }) => {
    const { state, seconds } = await carryOut(ctx, what, { workspaceId, entryId })
    if (state !== 'waiting' && state !== 'unknown' && state !== 'planned') return
    await inWorkspace(ctx, workspaceId, (tx) => {
      const at = new Date(tx.now.getTime() + (seconds ?? PAUSE_S) * 1_000)
      return enqueue(tx, CARRY_OUT, { what, entryId }, { key: keyOf(entryId), at })
    })
  },
  { maxAttempts: CARRY_OUT.maxAttempts },
)

const PAUSE_S = 30

function carryOut(ctx: Ctx, what: WorkKind, at: { workspaceId: string; entryId: string }): Promise<Outcome> {
  const allowed = permitOutside(ctx)
  if (what === 'deactivation') return perform(ctx, deactivating, at, allowed)
  if (what === 'reissue') return perform(ctx, reissuing, at, allowed)
  return perform(ctx, resending, at, allowed)
}

const RESUMED_AT_ONCE = 100

/** What nobody works on any more (a pause, lost access, a queue that gave up) is taken up again. */
export const resumeGiftCards = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (!(await mayAffectOutside(ctx, tx))) return
    const left = (kind: WorkKind) => undecided(tx, WORK_KINDS[kind], RESUMED_AT_ONCE)
    const [deactivations, reissues, notifications] = [
      await left('deactivation'),
      await left('reissue'),
      await left('notification'),
    ]
    const jobs = (what: WorkKind, entries: readonly { id: string }[]) =>
      entries.map(({ id }) => ({
        job: CARRY_OUT.name,
        payload: { what, entryId: id },
        key: keyOf(id),
        maxAttempts: CARRY_OUT.maxAttempts,
      }))
    await enqueueAll(tx, [
      ...jobs('deactivation', deactivations),
      ...jobs('reissue', reissues),
      ...jobs('notification', notifications),
    ])
  })

export const resumeGiftCardsJob = job('gift-cards:resume', z.object({}), resumeGiftCards)
