import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { formatNumber, ticketMentioned } from '../tickets/index.ts'
import { type Notice, ticketPath } from './notice.ts'
import { notify } from './notifying.ts'
import { person } from './recipients.ts'

/** Whoever is named in a note is told once; what the note says stays on the ticket. */
export const mentionNotice = on(
  ticketMentioned,
  'notices:mentioned',
  (ctx: Ctx, workspaceId, { ticketId, messageId, mentionId, staffId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const [row] = await tx.$queryRaw<{ number: number; by: string | null }[]>`
        select t.number, a.name as by from desk.ticket t
        join desk.message g on g.workspace_id = t.workspace_id and g.id = ${messageId}::uuid
        left join desk.staff a on a.workspace_id = g.workspace_id and a.id = g.author_id
        where t.workspace_id = ${workspaceId}::uuid and t.id = ${ticketId}::uuid`
      if (!row) return
      const [ticket, by] = [formatNumber(row.number), row.by ?? 'A program']
      const lines = [
        `${by} mentions you in a note on ${ticket}.`,
        'Until you look at it, it is in the view «Mentions of me» of your Sidedesk homepage.',
      ]
      const notice: Notice = {
        kind: 'mention',
        about: `mentioned/${mentionId}`,
        subject: `${ticket}: ${by} mentions you`,
        lines,
        path: ticketPath(ticketId),
        number: ticket,
      }
      await notify(ctx, tx, await person(tx, staffId), notice)
    }),
)
