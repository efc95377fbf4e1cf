import type { TicketPriority, TicketStatus, VoidReason } from '../../../../shared/tickets.ts'

export const STATUS_WORDS: Record<TicketStatus, string> = {
  new: 'New',
  open: 'Open',
  pending: 'Pending',
  on_hold: 'On hold',
  solved: 'Solved',
  closed: 'Closed',
}

export const PRIORITY_WORDS: Record<TicketPriority, string> = {
  low: 'Low',
  normal: 'Normal',
  high: 'High',
  urgent: 'Urgent',
}

export const VOID_WORDS: Record<VoidReason, string> = {
  spam: 'Spam',
  not_a_ticket: 'Not a ticket',
  duplicate: 'Duplicate',
  merged: 'Merged',
}
