import { z } from 'zod'
import { GmailRefused } from '../../../clients/gmail/index.ts'
import type { Ctx } from '../../../context.ts'
import { record } from '../../../platform/events.ts'
import { job } from '../../../platform/jobs.ts'
import { type Effect, perform } from '../../../platform/journal.ts'
import { permitThroughMailbox } from '../../settings/index.ts'
import { openMailbox } from '../mailboxes.ts'
import { spamLabelStayed } from './events.ts'

const Request = z.object({ mailboxId: z.uuid(), gmailId: z.string(), suspectedId: z.uuid() })
type Request = z.infer<typeof Request>

export const UNSPAM = 'gmail.unspam'

/** Takes a mail out of Gmail's spam. Doing it twice is doing it once, so nothing has to be looked up after a crash. */
export const unspamming: Effect<Request, { done: true }, Ctx> = {
  kind: UNSPAM,
  request: Request,
  result: z.object({ done: z.literal(true) }),
  async run(ctx, { workspaceId, request }) {
    const mailbox = await openMailbox(ctx, workspaceId, request.mailboxId)
    await mailbox.modify(request.gmailId, { add: ['INBOX'], remove: ['SPAM'] })
    return { done: true }
  },
  find: () => Promise.resolve(null),
  refusal: (error) => (error instanceof GmailRefused ? error.message : null),
  refused: (tx, { by, request: { mailboxId, suspectedId } }) =>
    record(tx, [spamLabelStayed({ mailboxId, suspectedId, by })]),
  settle: () => Promise.resolve(),
}

export const unspam = job(
  'intake:unspam',
  z.object({ entryId: z.uuid() }),
  async (ctx: Ctx, workspaceId, { entryId }) => {
    await perform(ctx, unspamming, { workspaceId, entryId }, permitThroughMailbox(ctx))
  },
)
