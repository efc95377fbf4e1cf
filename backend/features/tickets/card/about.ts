import type { PanelPress, PanelSection } from '../../../../shared/panel.ts'
import { button, buttons, clockTime, fact, howLong, section } from '../../../platform/panel.ts'
import { PRIORITY_WORDS } from './words.ts'
import { type CardTicket, changeOf, whyNot } from './writing.ts'

/** What is normal is not said. */
const OTHER = 'other'

/** Whose ticket it is, and who waits. */
export function aboutSection(ticket: CardTicket, now: Date): PanelSection | null {
  const { customer, assignee, me, priority, category, categories, follows } = ticket
  const named = customer.name && customer.name !== customer.email ? `${customer.name} · ` : ''
  return section(
    null,
    fact('Customer', `${named}${customer.email}`, null, customerCard(ticket)),
    fact('Assignee', assignee ? `${assignee.name}${assignee.id === me.id ? ' (you)' : ''}` : 'Nobody'),
    priority === 'normal' ? null : fact('Priority', PRIORITY_WORDS[priority]),
    waitingFact(ticket, now),
    firstResponseFact(ticket),
    category && category !== OTHER
      ? fact('Category', categories.find(({ id }) => id === category)?.label ?? category)
      : null,
    follows &&
      fact('Follows', follows.number, 'The customer answered a closed ticket', { kind: 'open', ticketId: follows.id }),
    buttons(
      ...(assignee?.id === me.id ? [] : [takeButton(ticket)]),
      button('Refresh', { kind: 'ticket', ticketId: ticket.id }),
    ),
  )
}

/** Who the customer is, and all there is of them. */
const customerCard = ({ id, customer }: CardTicket): PanelPress => ({
  kind: 'call',
  method: 'GET',
  path: `/v1/customers/${customer.id}/card?ticket=${id}`,
  key: null,
  lay: 'push',
})

function waitingFact({ waitingSince }: CardTicket, now: Date) {
  if (!waitingSince) return null
  const since = new Date(waitingSince)
  return fact('Waiting since', `${clockTime(since)} (${howLong(now.getTime() - since.getTime())})`)
}

function firstResponseFact({ firstResponse }: CardTicket) {
  if (!firstResponse) return null
  const by = firstResponse.by ? ` · ${firstResponse.by.name}` : ''
  return fact('First response', `${clockTime(new Date(firstResponse.at))}${by}`)
}

function takeButton(ticket: CardTicket) {
  const { me, version, number } = ticket
  const off = whyNot(ticket)
  const take = changeOf(ticket, {
    method: 'PUT',
    path: 'assignment',
    body: { assigneeId: me.id, version },
    takes: [],
    say: `${number} is yours`,
  })
  return button('Take', take, { off, filled: off === null })
}
