import type {
  assignTicket as assign,
  createTicket as create,
  moveTicket as move,
  noteTicket as note,
  prioritiseTicket as prioritise,
  TicketCardView,
  TicketPriority,
  TicketStatus,
  tagTicket as tag,
  unvoidTicket as unvoid,
  VoidReason,
  voidTicket as void_,
} from '../../../shared/tickets.ts'
import { call, follow } from '../../api.ts'
import type { AddonEvent } from '../../event.ts'
import type { Given } from '../../given.ts'
import type { Shown } from '../../kit/response.ts'
import { mailToFile, openMail } from '../../open-mail.ts'
import type { TicketActions, TicketWrite } from './parameters.ts'
import { ticketCardFor } from './reading.ts'
import { tagChange } from './tag-change.ts'
import { unsavedTexts } from './unsaved-texts.ts'
import { PRIORITY_WORDS, STATUS_WORDS } from './words.ts'
import { NOBODY } from './work-section.ts'

/** The actions that change a ticket from a view of it. */
type WriteAction = { [N in keyof TicketActions]: TicketActions[N] extends TicketWrite ? N : never }[keyof TicketActions]

export function createTicket({ event, parameter }: Given<'createTicket'>): Shown {
  const ticket = call<typeof create>('POST', '/v1/tickets', {
    body: mailToFile(openMail(event)),
    key: parameter('key'),
  })
  return changed(event, ticket, `${ticket.number} created`)
}

export function changeTicket({ event, parameter, field }: Given<'changeTicket'>): Shown {
  const body = JSON.parse(parameter('body')) as Record<string, string>
  for (const name of parameter('takes').split(' ')) if (name) body[name] = field(name)
  const ticket = follow<typeof move>(parameter('method'), parameter('path'), { body, key: parameter('key') })
  return changed(event, ticket, parameter('say'))
}

export function takeTicket(given: Given<'takeTicket'>): Shown {
  const body = { assigneeId: given.parameter('me'), version: versionOf(given) }
  const ticket = call<typeof assign>('PUT', '/v1/tickets/:ticketId/assignment', { ...writeFrom(given), body })
  return changed(given.event, ticket, `${ticket.number} is yours`)
}

export function assignTicket(given: Given<'assignTicket'>): Shown {
  const chosen = given.field('assignee')
  const body = { assigneeId: chosen === NOBODY ? null : chosen, version: versionOf(given) }
  const ticket = call<typeof assign>('PUT', '/v1/tickets/:ticketId/assignment', { ...writeFrom(given), body })
  return changed(given.event, ticket, ticket.assignee ? `Given to ${ticket.assignee.name}` : 'Given to nobody')
}

export function moveTicket(given: Given<'moveTicket'>): Shown {
  const body = { status: given.field('status') as TicketStatus, version: versionOf(given) }
  const ticket = call<typeof move>('PUT', '/v1/tickets/:ticketId/status', { ...writeFrom(given), body })
  return changed(given.event, ticket, `Status: ${STATUS_WORDS[ticket.status]}`)
}

export function prioritiseTicket(given: Given<'prioritiseTicket'>): Shown {
  const body = { priority: given.field('priority') as TicketPriority, version: versionOf(given) }
  const ticket = call<typeof prioritise>('PUT', '/v1/tickets/:ticketId/priority', { ...writeFrom(given), body })
  return changed(given.event, ticket, `Priority: ${PRIORITY_WORDS[ticket.priority]}`)
}

export function tagTicket(given: Given<'tagTicket'>): Shown {
  const body = tagChange(given.parameter('shown'), given.field('tags'))
  const ticket = call<typeof tag>('PUT', '/v1/tickets/:ticketId/tags', { ...writeFrom(given), body })
  return changed(given.event, ticket, 'Tags saved')
}

export function noteTicket(given: Given<'noteTicket'>): Shown {
  const ticket = call<typeof note>('POST', '/v1/tickets/:ticketId/notes', {
    ...writeFrom(given),
    body: { text: given.field('note') },
  })
  return changed(given.event, ticket, 'Note added', 'note')
}

export function voidTicket(given: Given<'voidTicket'>): Shown {
  const body = { reason: given.parameter('reason') as Exclude<VoidReason, 'merged'>, version: versionOf(given) }
  const ticket = call<typeof void_>('POST', '/v1/tickets/:ticketId/voiding', { ...writeFrom(given), body })
  return changed(given.event, ticket, `${ticket.number} is void`)
}

export function unvoidTicket(given: Given<'unvoidTicket'>): Shown {
  const ticket = call<typeof unvoid>('POST', '/v1/tickets/:ticketId/restoration', {
    ...writeFrom(given),
    body: { version: versionOf(given) },
  })
  return changed(given.event, ticket, `${ticket.number} is back`)
}

const changed = (event: AddonEvent, ticket: TicketCardView, say: string, sent?: 'note'): Shown => ({
  update: ticketCardFor(event, ticket, unsavedTexts(event, sent)),
  say,
  changed: true,
})

/** The write actions share these three parameters; a union of them all would need one overload each. */
const shared = <N extends WriteAction>(given: Given<N>) => given.parameter as (name: keyof TicketWrite) => string

const writeFrom = <N extends WriteAction>(given: Given<N>) => ({
  params: { ticketId: shared(given)('ticketId') },
  key: shared(given)('key'),
})

const versionOf = <N extends WriteAction>(given: Given<N>) => Number(shared(given)('version'))
