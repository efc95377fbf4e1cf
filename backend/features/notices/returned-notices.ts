import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { formatNumber, mailReturned } from '../tickets/index.ts'
import { ticketPath } from './notice.ts'
import { notify } from './notifying.ts'
import { peopleOf, person } from './recipients.ts'

/** Whoever has the ticket learns that an answer did not arrive, else who wrote it, else the supervisors. A late one is left to the card. */
export const returnedNotice = on(
  mailReturned,
  'notices:mail-returned',
  (ctx: Ctx, workspaceId, { ticketId, messageId, reportId, kind }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      if (kind === 'delayed') return
      const [row] = await tx.$queryRaw<{ number: number; staffId: string | null }[]>`
        select t.number, coalesce(t.assignee_id, m.author_id)::text as "staffId" from desk.ticket t
        left join desk.message m on m.workspace_id = t.workspace_id and m.id = ${messageId}::uuid and m.author_kind = 'staff'
        where t.workspace_id = ${workspaceId}::uuid and t.id = ${ticketId}::uuid`
      if (!row) return
      const number = formatNumber(row.number)
      const told = row.staffId === null ? [] : await person(tx, row.staffId)
      await notify(ctx, tx, told.length > 0 ? told : await peopleOf(tx, 'supervisor'), {
        kind: 'undelivered',
        about: `returned/${reportId}`,
        subject: `${number}: your answer did not arrive`,
        lines: [
          `An answer on ${number} came back: the customer does not have it.`,
          'The ticket says at which address and why. Ask for another address, or call.',
        ],
        path: ticketPath(ticketId),
        number,
      })
    }),
)
