import type { PanelPress } from '../../../../shared/panel.ts'
import type { TicketCardView } from '../../../../shared/tickets.ts'

/** The view as far as it is made when its sections are. */
export type CardTicket = Omit<TicketCardView, 'sections' | 'below'>

type Change = Extract<PanelPress, { kind: 'change' }>

/** A write on this ticket; it carries the key of the view, so that a double click is one write. */
export const changeOf = (
  { id, key }: CardTicket,
  act: Pick<Change, 'method' | 'body' | 'takes' | 'say'> & { path: string; needs?: string[] },
): PanelPress => ({ kind: 'change', key, ...act, path: `/v1/tickets/${id}/${act.path}` })

/** Why this person cannot work on tickets; null when they may. */
export const whyNoWork = ({ me }: CardTicket): string | null =>
  me.mayWork ? null : 'Your role may look at tickets, not work on them.'

/** Why this ticket cannot be changed now; null when it can. */
export function whyNot(ticket: CardTicket): string | null {
  if (ticket.voidReason === 'merged') return whyNoWork(ticket) ?? 'This ticket was merged. Go on in the other one.'
  return whyNoWork(ticket) ?? (ticket.voidReason ? 'This ticket is void. Bring it back first.' : null)
}
