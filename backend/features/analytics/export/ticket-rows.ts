import { newTickets } from '../metrics/new-tickets.ts'
import type { Column } from './columns.ts'
import type { RowsDefinition } from './rows.ts'

const columns: readonly Column[] = [
  { name: 'ticket', kind: 'ticket', sql: 's.number' },
  { name: 'ticket_id', kind: 'code', sql: 's.id' },
  { name: 'began_utc', kind: 'instant', sql: 's.opened_at' },
  { name: 'status', kind: 'code', sql: 's.status' },
  { name: 'priority', kind: 'name', of: 'priority', sql: 's.priority' },
  { name: 'category', kind: 'name', of: 'category', sql: 's.category' },
  { name: 'tags', kind: 'tags', sql: 's.tags' },
  { name: 'mailbox', kind: 'name', of: 'mailbox', sql: 's.mailbox_id' },
  { name: 'channel', kind: 'name', of: 'channel', sql: 's.channel' },
  { name: 'language', kind: 'name', of: 'language', sql: 's.language' },
  { name: 'tier', kind: 'name', of: 'tier', sql: 's.tier' },
  { name: 'customer_id', kind: 'code', sql: 's.customer_id' },
  { name: 'assigned_to', kind: 'name', of: 'agent', sql: 's.assignee_id' },
  { name: 'first_answer_utc', kind: 'instant', sql: 's.first_out_at' },
  { name: 'first_answer_by', kind: 'name', of: 'agent', sql: 's.first_by_id' },
  { name: 'first_answer_seconds', kind: 'number', sql: 's.first_seconds' },
  { name: 'first_answer_open_seconds', kind: 'number', sql: 's.first_open_seconds' },
  { name: 'solved_utc', kind: 'instant', sql: 's.resolved_at' },
  { name: 'solved_by', kind: 'name', of: 'agent', sql: 's.resolved_by_id' },
  { name: 'solution_seconds', kind: 'number', sql: 's.resolution_seconds' },
  { name: 'solution_open_seconds', kind: 'number', sql: 's.resolution_open_seconds' },
  { name: 'reopened', kind: 'number', sql: 's.reopens' },
  { name: 'mails_in', kind: 'number', sql: 's.mails_in' },
  { name: 'mails_out', kind: 'number', sql: 's.mails_out' },
  { name: 'automatic_mails_out', kind: 'number', sql: 's.automatic_out' },
  { name: 'notes', kind: 'number', sql: 's.notes' },
  { name: 'people_who_answered', kind: 'number', sql: 's.repliers' },
  { name: 'escalations', kind: 'number', sql: 's.escalations' },
  { name: 'handle_seconds', kind: 'number', sql: 's.handle_seconds' },
  { name: 'historical', kind: 'code', sql: "case when s.historical then 'yes' else 'no' end" },
]

/** One row for each ticket that «New tickets» counts: as many rows as that figure says. */
export const ticketRows: RowsDefinition = { what: 'tickets', metric: newTickets, columns }
