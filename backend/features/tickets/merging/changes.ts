import type { Fact } from '../../../platform/events.ts'
import { ticketAssigned, ticketCategorised, ticketMoved, ticketPrioritised, ticketTagged } from '../events.ts'
import type { Merged } from './standing.ts'

type Change = { before: Merged; after: Merged; added: number; removed: number }

/** What regrouping changed of a ticket, told as if it had been done by hand: whoever follows those acts follows these. */
export function changesIn(ticketId: string, { before, after, added, removed }: Change, by: Fact['by']): Fact[] {
  return [
    before.status !== after.status && ticketMoved({ ticketId, from: before.status, to: after.status, by }),
    before.priority !== after.priority &&
      ticketPrioritised({ ticketId, priority: after.priority, before: before.priority, by }),
    before.category !== after.category && ticketCategorised({ ticketId, cleared: after.category === null, by }),
    before.assigneeId !== after.assigneeId &&
      ticketAssigned({ ticketId, assigneeId: after.assigneeId, before: before.assigneeId, by }),
    added + removed > 0 && ticketTagged({ ticketId, added, removed, by }),
  ].filter((fact) => fact !== false)
}
