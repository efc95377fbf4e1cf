import type { HandleTime } from '../../../../shared/contacts.ts'
import type { PanelButton, PanelCard, PanelPress } from '../../../../shared/panel.ts'
import type { TicketCardView } from '../../../../shared/tickets.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { newId } from '../../../platform/ids.ts'
import {
  button,
  buttons,
  fact,
  input,
  longInput,
  pick,
  present,
  remark,
  section,
  toTicket,
  warning,
} from '../../../platform/panel.ts'
import { type CardTicket, whyNot, whyNoWork } from '../card/writing.ts'
import { type CardPart, cardPart } from '../card-part.ts'

/** What was typed into a form, and why it came back. */
export type TypedForm = { typed: Record<string, string>; problem: string | null }

const CHANNELS = [
  { value: 'call', label: 'Call' },
  { value: 'walk_in', label: 'Visit' },
]

/** Says that a customer cannot be answered by mail yet, and where calls and times are. */
export const contactsPart: CardPart = cardPart<null>({
  name: 'contacts',
  sql: () => Prisma.sql`null::json`,
  present: (_ctx, _scene, _row, ticket) =>
    ticket.customer.email === '' && ticket.voidReason === null ? present(noAddress(ticket)) : [],
  more: (_ctx, _scene, _row, ticket) => contactButtons(ticket),
})

const noAddress = (ticket: CardTicket) =>
  section(
    null,
    warning('No mail address is known: this customer cannot be answered by mail yet.'),
    buttons(
      button('Add address', pushed(`/v1/tickets/${ticket.id}/customer-address/card`), { off: whyNoWork(ticket) }),
    ),
  )

const contactButtons = (ticket: CardTicket): PanelButton[] => [
  button('Log a call', pushed(`/v1/tickets/${ticket.id}/contacts/card`), { off: whyNot(ticket) }),
  button('Handle time', pushed(`/v1/tickets/${ticket.id}/handle-time/card`)),
]

const pushed = (path: string): PanelPress => ({
  kind: 'call',
  method: 'GET',
  path: path as `/v1/${string}`,
  key: null,
  lay: 'push',
})

const sent = (path: string): PanelPress => ({
  kind: 'call',
  method: 'POST',
  path: path as `/v1/${string}`,
  key: newId(),
  lay: 'update',
})

const problemIn = ({ problem }: TypedForm) => (problem === null ? null : section(null, warning(problem)))

/** A new ticket of somebody who calls or stands there. */
export const contactTicketForm = (form: TypedForm): PanelCard => {
  const of = (name: string) => form.typed[name] ?? ''
  return {
    title: 'New ticket from a call',
    subtitle: null,
    sections: present(
      problemIn(form),
      section(
        'Who',
        input('email', 'Mail address', of('email'), 'Best: answers go there'),
        input('phone', 'Phone', of('phone'), '+45 12 34 56 78'),
        input('name', 'Name', of('name')),
      ),
      section(
        'What',
        pick('channel', 'How', CHANNELS, of('channel') || 'call'),
        input('subject', 'Subject', of('subject')),
        longInput('text', 'What was said', of('text'), 'The customer never sees it'),
        input('minutes', 'Minutes', of('minutes'), 'How long it took'),
        pick(
          'status',
          'Afterwards',
          [
            { value: 'open', label: 'We still owe something' },
            { value: 'solved', label: 'All is done' },
          ],
          of('status') || 'open',
        ),
      ),
      section(null, buttons(button('Create ticket', sent('/v1/contacts/card'), { filled: true }))),
    ),
    say: null,
  }
}

export const contactTicketCard = (
  { id, number, subject, customer }: TicketCardView,
  problems: readonly string[],
): PanelCard => ({
  title: `${number} created`,
  subtitle: subject,
  sections: present(
    section(
      null,
      ...problems.map(warning),
      fact('Customer', customer.name, customer.email || 'No mail address yet'),
      buttons(toTicket(id, `Open ${number}`)),
    ),
  ),
  say: `${number} created`,
})

/** A call or a visit on a ticket that is there. */
export const contactForm = (ticket: TicketCardView, form: TypedForm): PanelCard => ({
  title: 'Log a call',
  subtitle: `${ticket.number} · ${ticket.subject}`,
  sections: present(
    problemIn(form),
    section(
      null,
      pick('channel', 'How', CHANNELS, form.typed['channel'] ?? 'call'),
      longInput('text', 'What was said', form.typed['text'] ?? '', 'The customer never sees it'),
      input('minutes', 'Minutes', form.typed['minutes'] ?? '', 'How long it took'),
    ),
    section(
      null,
      buttons(button('Log it', sent(`/v1/tickets/${ticket.id}/contacts/card`), { filled: true }), toTicket(ticket.id)),
    ),
  ),
  say: null,
})

export const doneCard = (
  ticket: TicketCardView,
  title: string,
  words: string,
  problems: readonly string[] = [],
): PanelCard => ({
  title,
  subtitle: `${ticket.number} · ${ticket.subject}`,
  sections: present(section(null, remark(words), ...problems.map(warning), buttons(toTicket(ticket.id)))),
  say: title,
})

export const addressForm = (ticket: TicketCardView, form: TypedForm): PanelCard => ({
  title: 'Add address',
  subtitle: ticket.customer.name,
  sections: present(
    problemIn(form),
    section(
      null,
      input('email', 'Mail address', form.typed['email'] ?? ''),
      remark('If we know a customer with this address, the ticket becomes theirs.'),
      buttons(
        button('Save address', sent(`/v1/tickets/${ticket.id}/customer-address/card`), { filled: true }),
        toTicket(ticket.id),
      ),
    ),
  ),
  say: null,
})

const minutesOf = (seconds: number) => `${Math.round(seconds / 60)} min`

/** @param own the reader's minutes, as typed or as stored; null for who does not work on tickets */
export const handleTimeCard = (
  ticket: TicketCardView,
  time: HandleTime,
  { own, problem, say = null }: { own: string | null; problem: string | null; say?: string | null },
): PanelCard => ({
  title: 'Handle time',
  subtitle: `${ticket.number} · ${ticket.subject}`,
  sections: present(
    problem === null ? null : section(null, warning(problem)),
    section(
      null,
      fact('Together', minutesOf(time.seconds)),
      ...time.people.map(({ name, seconds }) => fact(name, minutesOf(seconds))),
      remark('Counted from claims and logged talks.'),
    ),
    own === null
      ? null
      : section(
          'Your time',
          input('minutes', 'Minutes', own),
          buttons(button('Save', sent(`/v1/tickets/${ticket.id}/handle-time/card`), { filled: true })),
        ),
    section(null, buttons(toTicket(ticket.id))),
  ),
  say,
})
