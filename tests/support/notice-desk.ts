import { sendDigests } from '../../backend/features/notices/digest/digesting.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import {
  getNoticeChoices,
  type NoticeChoices,
  type NoticeKind,
  type NoticeWay,
  writeNoticeChoices,
} from '../../shared/notices.ts'
import { createTicket, noteTicket, type TicketCardView } from '../../shared/tickets.ts'
import type { Desk, StaffName } from './desk.ts'
import { noticesTo } from './notice-mail.ts'
import type { startPushService, TestBrowser } from './push-service.ts'
import { visitor } from './visitor.ts'

export type PushService = Awaited<ReturnType<typeof startPushService>>

/** People who are told things, and say how. */
export function noticesOf(desk: Desk) {
  let made = 0
  const given = (): Promise<TicketCardView> =>
    desk.as('vera').call(createTicket, {
      body: {
        messageId: `<notice-${++made}@home.example>`,
        subject: 'Jar',
        from: `c${made}@home.example`,
        sentAt: desk.clock.now().toISOString(),
        text: 'Secret words of the customer',
      },
    })
  const choices = (name: StaffName): Promise<NoticeChoices> => desk.as(name).call(getNoticeChoices)
  return {
    given,
    choices,
    /** Somebody says how they want to be told. */
    async choose(
      name: StaffName,
      ways: Partial<Record<NoticeKind, NoticeWay>>,
      more: Partial<Omit<NoticeChoices, 'ways'>> = {},
    ): Promise<NoticeChoices> {
      const { digestHour, quiet } = await choices(name)
      return desk.as(name).call(writeNoticeChoices, { body: { digestHour, quiet, ...more, ways } })
    },
    /** Vera names somebody in a note on a new ticket. @returns the ticket */
    async mention(name: StaffName): Promise<TicketCardView> {
      const ticket = await given()
      await desk
        .as('vera')
        .call(noteTicket, { params: { ticketId: ticket.id }, body: { text: `@${name} please look` } })
      await desk.settle()
      return ticket
    },
    /** Subjects of what somebody was mailed. */
    mailed: (name: StaffName): string[] => noticesTo(desk, name).map(({ subject }) => subject),
    /** The five minutes' tick. */
    async tick(): Promise<void> {
      await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, sendDigests, {}))
      await desk.settle()
    },
    /** Somebody presses «Show notices in this browser». */
    switchOn: (name: StaffName, { fields }: Pick<TestBrowser, 'fields'>) =>
      visitor(desk, name).send('/desk/notices/browsers', fields, '/desk/notices'),
    /** Somebody is planned for hours from now. */
    plan: (name: StaffName, fromHours: number, toHours: number) =>
      inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
        const at = (hours: number) => new Date(tx.now.getTime() + hours * 3_600_000)
        const startsAt = at(fromHours)
        const day = new Date(startsAt.toISOString().slice(0, 10))
        const { workspaceId } = tx
        const staffId = desk.staff[name].id
        await tx.shift.create({
          data: {
            workspaceId,
            id: crypto.randomUUID(),
            staffId,
            day,
            startsAt,
            endsAt: at(toHours),
            source: 'exception',
          },
        })
      }),
  }
}
