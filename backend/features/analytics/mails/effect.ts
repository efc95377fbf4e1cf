import { z } from 'zod'
import { FigureScope } from '../../../../shared/analytics.ts'
import { FIGURE_PEOPLE } from '../../../../shared/roles.ts'
import { GmailRefused } from '../../../clients/gmail/index.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { type Effect, NotYet } from '../../../platform/journal.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { afterSending, findSentMail, isNotSent } from '../../drafts/index.ts'
import { openMailbox } from '../../intake/index.ts'
import { composeNotice, NOTICE_HEADER, noticeMark } from '../../notices/index.ts'
import { reportMail } from './composing.ts'

export const KIND = 'gmail.report'

/** One mail to one person. Its days and filters are fixed before it leaves; what it says is made of the figures of that moment. */
export const ReportMailRequest = z.object({
  mailboxId: z.uuid(),
  staffId: z.uuid(),
  from: z.string(),
  to: z.string(),
  report: z.string(),
  scope: FigureScope,
})
export type ReportMailRequest = z.infer<typeof ReportMailRequest>

const Sent = z.object({ gmailId: z.string() })

/** The mail could not be made, so nothing has left. */
class NotMade extends Error {
  override name = 'NotMade'
}

/** Somebody who left, or may not see figures any more, gets nothing. */
class NotForThem extends NotMade {
  override name = 'NotForThem'
}

export const sendingReport: Effect<ReportMailRequest, z.infer<typeof Sent>, Ctx> = {
  kind: KIND,
  request: ReportMailRequest,
  result: Sent,
  async run(ctx, { workspaceId, id, request }) {
    await refuseStranger(ctx, workspaceId, request.staffId)
    const { subject, text, ...more } = await made(() => reportMail(ctx, workspaceId, request.report, request.scope))
    const raw = await composeNotice(
      { ...request, subject, text },
      noticeMark(ctx, workspaceId, id),
      ctx.clock.now(),
      more,
    )
    const mailbox = await openMailbox(ctx, workspaceId, request.mailboxId)
    const { id: gmailId } = await mailbox.send({ raw, threadId: undefined })
    return { gmailId }
  },
  find: (ctx, entry) =>
    afterSending(async () => {
      const mark = { name: NOTICE_HEADER, value: noticeMark(ctx, entry.workspaceId, entry.id) }
      const found = await findSentMail(ctx, entry, { mailboxId: entry.request.mailboxId, mark })
      return found === null || found instanceof NotYet ? found : { gmailId: found.gmailId }
    }),
  refusal: (error) => {
    if (error instanceof GmailRefused || error instanceof NotForThem) return error.message
    const { cause } = error instanceof NotMade ? error : { cause: null }
    return cause instanceof DeskError && cause.code !== 'unavailable' ? cause.message : null
  },
  nothingDone: (error) => error instanceof NotMade || isNotSent(error),
  refused: async () => undefined,
  settle: async () => undefined,
}

async function made<T>(make: () => Promise<T>): Promise<T> {
  try {
    return await make()
  } catch (error) {
    throw new NotMade(error instanceof Error ? error.message : 'It could not be made.', { cause: error })
  }
}

async function refuseStranger(ctx: Ctx, workspaceId: string, id: string): Promise<void> {
  const where = { workspaceId_id: { workspaceId, id } }
  const select = { state: true, role: true } as const
  const staff = await inWorkspace(ctx, workspaceId, (tx) => tx.staff.findUnique({ where, select }), { reads: true })
  if (staff && staff.state !== 'deactivated' && FIGURE_PEOPLE.some((role) => role === staff.role)) return
  throw new NotForThem('This person has left the desk, or may not see figures any more.')
}
