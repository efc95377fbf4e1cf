import type { TicketCardView } from '../../../shared/tickets.ts'
import { button, buttons } from '../../kit/button.ts'
import { section } from '../../kit/card.ts'
import { input, select } from '../../kit/fields.ts'
import { fact } from '../../kit/text.ts'
import { PRIORITY_WORDS, STATUS_WORDS } from './words.ts'
import { whyNot, writeOf } from './writing.ts'

/** The choice that gives a ticket to no one: an empty value would be absent from the form. */
export const NOBODY = 'nobody'

export function workSection(ticket: TicketCardView, typed: Record<string, string>) {
  const tags = ticket.tags.join(', ')
  if (whyNot(ticket))
    return section('Work', fact('Priority', PRIORITY_WORDS[ticket.priority]), tags ? fact('Tags', tags) : null)
  const parameters = writeOf(ticket)
  return section(
    'Work',
    select('status', 'Status', statusChoices(ticket), ticket.status, { action: 'moveTicket', parameters }),
    select('assignee', 'Assignee', assigneeChoices(ticket), ticket.assignee?.id ?? NOBODY, {
      action: 'assignTicket',
      parameters,
    }),
    select('priority', 'Priority', choices(PRIORITY_WORDS), ticket.priority, {
      action: 'prioritiseTicket',
      parameters,
    }),
    input('tags', 'Tags', { value: typed.tags ?? tags, hint: 'Separated by commas' }),
    buttons(
      button('Save tags', { action: 'tagTicket', parameters: { ...parameters, shown: JSON.stringify(ticket.tags) } }),
    ),
  )
}

const choices = (words: Record<string, string>) =>
  Object.keys(words).map((value) => ({ value, label: words[value] ?? value }))

const statusChoices = ({ status, allowedMoves }: TicketCardView) =>
  [status, ...allowedMoves.filter((move) => move !== status)].map((value) => ({ value, label: STATUS_WORDS[value] }))

/** Nobody first, then the staff; whoever holds the ticket stays in the list, also after they have left. */
function assigneeChoices({ assignee, assignable }: TicketCardView) {
  const known = assignee === null || assignable.some(({ id }) => id === assignee.id)
  const people = known ? assignable : [assignee, ...assignable]
  return [{ value: NOBODY, label: 'Nobody' }, ...people.map(({ id, name }) => ({ value: id, label: name }))]
}
