import type { PanelCard } from '../../../../../shared/panel.ts'
import type { MessageExcerpt, TicketCardView } from '../../../../../shared/tickets.ts'
import {
  button,
  buttons,
  clockTime,
  input,
  pick,
  plain,
  present,
  remark,
  section,
  toTicket,
  warning,
} from '../../../../platform/panel.ts'
import { sent } from './presses.ts'

const EXCERPT = 60

/** Which mail becomes a ticket of its own; what answers it goes along. */
export function splitForm(
  ticket: TicketCardView,
  typed: { message: string; subject: string; problem: string | null },
): PanelCard {
  const mails = ticket.messages.filter(({ direction }) => direction !== 'note')
  const off = mails.length < 2 ? 'This ticket has one mail only; nothing would stay.' : null
  const [newest] = mails
  return {
    title: 'Split a mail out',
    subtitle: `${ticket.number} · ${ticket.subject}`,
    sections: present(
      typed.problem === null ? null : section(null, warning(typed.problem)),
      section(
        null,
        pick('message', 'Mail', mails.map(choiceOf), typed.message || newest?.id || ''),
        input('subject', 'Subject of the new ticket', typed.subject, 'Left empty: the subject of the mail'),
        remark('The mails that answer it go along, with their attachments. Notes stay.'),
      ),
      section(
        null,
        buttons(
          button('Split out', sent(`/v1/tickets/${ticket.id}/split-card`), { filled: off === null, off }),
          toTicket(ticket.id),
        ),
      ),
    ),
    say: null,
  }
}

const choiceOf = ({ id, author, sentAt, excerpt }: MessageExcerpt) => ({
  value: id,
  label: `${clockTime(new Date(sentAt))} ${author.name}: ${excerpt.slice(0, EXCERPT)}`,
})

export const splitCard = (
  part: TicketCardView,
  source: { id: string; number: string },
  splitId: string,
): PanelCard => ({
  title: 'Split out',
  subtitle: `${part.number} · ${part.subject}`,
  sections: present(
    section(
      null,
      plain(
        `${part.messageCount === 1 ? 'The mail is' : `${part.messageCount} mails are`} in ${part.number} now; ${source.number} goes on with the rest.`,
      ),
      buttons(
        toTicket(part.id, `Open ${part.number}`),
        button(`Open ${source.number}`, { kind: 'open', ticketId: source.id }),
        button('Undo', sent(`/v1/tickets/${part.id}/regroupings/${splitId}/undoing`)),
      ),
    ),
  ),
  say: `${part.number} created`,
})
