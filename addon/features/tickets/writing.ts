import type { TicketCardView } from '../../../shared/tickets.ts'

/** Why nothing of this ticket can be changed now; null when it can. */
export function whyNot({ me, voidReason }: TicketCardView): string | null {
  if (!me.mayWork) return 'Your role may look at tickets, not work on them.'
  return voidReason ? 'This ticket is void. Bring it back first.' : null
}
