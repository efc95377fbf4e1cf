import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import type { RunningBackend } from '../backend.ts'

export type Counted = Awaited<ReturnType<typeof counted>>

/** What the desk itself wrote down about the day. @param since the morning */
export const counted = ({ ctx }: RunningBackend, workspaceId: string, since: Date) =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const mails = await tx.mailboxMail.groupBy({
        by: ['outcome'],
        where: { workspaceId, receivedAt: { gte: since } },
        _count: true,
      })
      const events = await tx.event.groupBy({
        by: ['type'],
        where: { workspaceId, occurredAt: { gte: since } },
        _count: true,
      })
      const open = await tx.ticket.count({
        where: { workspaceId, status: { in: ['new', 'open', 'pending', 'on_hold'] }, voidReason: null },
      })
      return {
        open,
        mails: Object.fromEntries(mails.map(({ outcome, _count }) => [outcome ?? 'unread', _count])),
        events: Object.fromEntries(events.map(({ type, _count }) => [type, _count])),
      }
    },
    { reads: true },
  )
