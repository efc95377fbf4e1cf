import { z } from 'zod'
import { sendPush } from '../../../clients/push/index.ts'
import type { Answered } from '../../../clients/webhooks/index.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { enqueueAll, job } from '../../../platform/jobs.ts'
import { type Effect, type Entry, perform, undecided } from '../../../platform/journal.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { permitOutside } from '../../settings/index.ts'
import { refuseQuiet, ShiftIsOver } from '../choosing/quiet.ts'
import { HasLeft, refuseLeft } from '../leaving.ts'
import { pushKeyIn } from './keys.ts'
import { mailInstead } from './mailing-instead.ts'
import { forget, subscriptionIn } from './subscriptions.ts'

export const PUSH_KIND = 'push.notice'

/** Later nobody wants it as a push any more, and services throw it away by themselves. */
const KEPT_SECONDS = 12 * 3_600

/**
 * The exact push as it was planned; sealed in the journal. `instead` is its mail, where a push was all that was chosen, and `others` the
 * pushes of the same notice to other browsers of that person.
 */
export const PushRequest = z.object({
  subscriptionId: z.uuid(),
  staffId: z.uuid(),
  noticeId: z.uuid(),
  title: z.string(),
  body: z.string(),
  path: z.string(),
  others: z.array(z.uuid()),
  /** It comes in spite of the hour, however long it takes. */
  evenOffShift: z.boolean(),
  instead: z
    .object({
      email: z.string(),
      subject: z.string(),
      text: z.string(),
      references: z.string().optional(),
      path: z.string().optional(),
    })
    .nullable(),
})
export type PushRequest = z.infer<typeof PushRequest>

/** No try can change it. */
class PushRefused extends Error {
  override name = 'PushRefused'
}

/** Sends a planned push. */
export const pushNotice = job(
  'notices:push',
  z.object({ pushId: z.uuid() }),
  async (ctx: Ctx, workspaceId, { pushId }) => {
    await perform(ctx, pushing, { workspaceId, entryId: pushId }, permitOutside(ctx))
  },
)

export const enqueuePushes = (tx: Tx, pushIds: readonly string[]): Promise<void> =>
  enqueueAll(
    tx,
    pushIds.map((pushId) => ({
      job: pushNotice.name,
      payload: { pushId },
      key: `push:${pushId}`,
      maxAttempts: pushNotice.maxAttempts,
    })),
  )

/** Pushes that nobody is sending any more are taken up again. */
export async function resumePushes(tx: Tx, most: number): Promise<void> {
  const left = await undecided(tx, PUSH_KIND, most)
  await enqueuePushes(
    tx,
    left.map(({ id }) => id),
  )
}

const pushing: Effect<PushRequest, { status: number }, Ctx> = {
  kind: PUSH_KIND,
  request: PushRequest,
  result: z.object({ status: z.int() }),
  async run(ctx, entry) {
    const { staffId, evenOffShift } = entry.request
    await refuseLeft(ctx, entry.workspaceId, staffId)
    if (!evenOffShift) await refuseQuiet(ctx, entry.workspaceId, staffId)
    if (ctx.clock.now().getTime() - entry.plannedAt.getTime() > KEPT_SECONDS * 1_000)
      throw new PushRefused('It could not be sent within twelve hours.')
    return judge(ctx, entry, await send(ctx, entry))
  },
  // Nobody can be asked whether it came. Sent again it bears the same topic and tag, so that a browser shows one.
  find: async () => null,
  refusal: (error) =>
    error instanceof PushRefused || error instanceof HasLeft || error instanceof ShiftIsOver ? error.message : null,
  refused: (tx, { request }, _words, ctx) => mailInstead(ctx, tx, request),
  settle: async () => undefined,
}

async function send(ctx: Ctx, { workspaceId, request, plannedAt }: Entry<PushRequest>): Promise<Answered> {
  const { subscriptionId, noticeId, title, body, path } = request
  const [subscription, key] = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => [await subscriptionIn(ctx, tx, subscriptionId), await pushKeyIn(ctx, tx)] as const,
    { reads: true },
  )
  if (!subscription || !key) throw new PushRefused('This browser shows no notices any more.')
  const at = ctx.clock.now()
  const keepSeconds = KEPT_SECONDS - Math.floor((at.getTime() - plannedAt.getTime()) / 1_000)
  const text = JSON.stringify({ title, body, path, tag: noticeId })
  const answered = await sendPush(
    subscription,
    { text, topic: noticeId.replaceAll('-', ''), keepSeconds },
    { key, contact: ctx.config.http.publicUrl, at, toPrivate: ctx.config.webhooks.toPrivate },
  )
  ctx.metrics.outside.inc({ system: 'push', method: 'post', outcome: outcomeOf(answered) })
  return answered
}

const outcomeOf = (answered: Answered): string => {
  if ('problem' in answered) return answered.problem
  return answered.status < 300 ? 'done' : 'refused'
}

/** The service does not know this browser any more, or not by our key: it never will again. */
const GONE = [403, 404, 410]
/** It wants us to come again. */
const isLater = (status: number): boolean => status === 408 || status === 429 || status >= 500

async function judge(ctx: Ctx, { workspaceId, request }: Entry<PushRequest>, answered: Answered) {
  if ('problem' in answered && answered.problem !== 'private_address')
    throw new DeskError('unavailable', `The push service did not answer (${answered.problem}).`)
  const status = 'problem' in answered ? null : answered.status
  if (status !== null && status >= 200 && status < 300) return { status }
  if (status !== null && isLater(status)) throw new DeskError('unavailable', `The push service answered ${status}.`)
  if (status === null || GONE.includes(status))
    await inWorkspace(ctx, workspaceId, (tx) => forget(tx, request.subscriptionId))
  throw new PushRefused(
    status === null ? 'Its push service is not on the internet.' : `The push service refused it (${status}).`,
  )
}
