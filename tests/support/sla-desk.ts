import { fileCustomerMail, fileStaffMail, type MailToFile } from '../../backend/features/tickets/index.ts'
import { hashOf } from '../../backend/platform/crypto.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { getTicketSla, type SlaClock, type SlaTarget, type TicketSla } from '../../shared/sla.ts'
import type { Desk, StaffName } from './desk.ts'

type Given = Partial<Pick<MailToFile, 'automatic' | 'historical' | 'sentAt' | 'text' | 'mailboxId'>> & {
  from?: string
  by?: StaffName
}

/** A ticket and whose it is. */
export type Mailed = { id: string; from: string }

export type SlaDesk = ReturnType<typeof slaDesk>

/** A desk whose mails are filed at any moment and of any kind, as intake files them, and whose clocks are read. */
export function slaDesk(desk: Desk) {
  let made = 0
  const mailOf = ({ from = 'ada@ada.example', text = 'Three lids and no jar.', ...given }: Given): MailToFile => {
    const messageId = `<clock-${++made}@ada.example>`
    return {
      mailboxId: null,
      mailKey: hashOf(messageId),
      references: [],
      messageId,
      subject: 'Jar',
      from: { name: 'Ada', address: from },
      provenKey: null,
      to: [],
      cc: [],
      text,
      excerpt: text,
      sentAt: desk.clock.now(),
      automatic: false,
      historical: false,
      raw: null,
      attachments: [],
      ...given,
    }
  }
  const file = (mail: MailToFile, found: string | null, staffId: string | null) =>
    inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
      const box = await desk.ctx.keyring.box(tx)
      return staffId ? fileStaffMail(tx, box, mail, found, { staffId }) : fileCustomerMail(tx, box, mail, found)
    })

  const sla = (ticketId: string): Promise<TicketSla> => desk.as('nora').call(getTicketSla, { params: { ticketId } })
  return {
    ...desk,
    async mail({ from = 'ada@ada.example', ...given }: Given = {}): Promise<Mailed> {
      return { id: (await file(mailOf({ from, ...given }), null, null)).ticketId, from }
    },
    customerAnswers: ({ id, from }: Mailed, text = 'And now?', given: Pick<Given, 'automatic'> = {}) =>
      file(mailOf({ from, text, ...given }), id, null),
    answer: ({ id }: Mailed, { by = 'nora', ...given }: Given = {}) =>
      file(mailOf({ ...given, from: desk.staff[by].email }), id, desk.staff[by].id),
    sla,
    /** The newest clock of its kind. */
    newest: async (ticketId: string, target: SlaTarget): Promise<SlaClock | undefined> =>
      (await sla(ticketId)).clocks.findLast((clock) => clock.target === target),
    dueAt: (id: string): Promise<Date> =>
      inWorkspace(
        desk.ctx,
        desk.workspaceId,
        async (tx) => {
          const where = { workspaceId_id: { workspaceId: desk.workspaceId, id } }
          return (await tx.ticket.findUniqueOrThrow({ where, select: { dueAt: true } })).dueAt
        },
        { reads: true },
      ),
  }
}
