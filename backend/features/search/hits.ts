import type { SearchHit } from '../../../shared/search.ts'
import type { TicketPriority, TicketStatus, VoidReason } from '../../../shared/tickets.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { formatNumber, waitingSince } from '../tickets/index.ts'
import type { Question } from './asking/question.ts'
import { excerptWith } from './excerpts.ts'

type Stored = {
  documentId: string
  at: Date
  id: string
  number: number
  subject: string
  status: TicketStatus
  priority: TicketPriority
  tags: string[]
  voidReason: VoidReason | null
  queueAt: Date
  lastMessageAt: Date
  customerId: string
  customerName: string
  customerEmail: string
  assigneeId: string | null
  assigneeName: string | null
  messageId: string | null
  authorName: string | null
  envelope: Uint8Array | null
  body: Uint8Array | null
}

/** A ticket with the message that was found, opened; texts are whole and without codes. */
export type HitRow = Omit<Stored, 'envelope' | 'body'> & { text: string; messageSubject: string }

/** The rows of one page in the order of its hits; only their messages are opened. */
export async function readHits(
  tx: Tx,
  box: Box,
  hits: readonly { ticketId: string; documentId: string; at: string }[],
): Promise<HitRow[]> {
  const rows = await tx.$queryRaw<Stored[]>`
    select h.document_id::text as "documentId", h.at, t.id::text, t.number, t.subject, t.status, t.priority, t.tags, t.void_reason as "voidReason",
      t.queue_at as "queueAt", t.last_message_at as "lastMessageAt", c.id::text as "customerId", c.name as "customerName", c.email as "customerEmail",
      s.id::text as "assigneeId", s.name as "assigneeName", m.id::text as "messageId", coalesce(w.name, mc.name) as "authorName", m.envelope, m.body
    from unnest(${hits.map((hit) => hit.ticketId)}::uuid[], ${hits.map((hit) => hit.documentId)}::uuid[], ${hits.map(({ at }) => new Date(at))}::timestamptz[])
      with ordinality as h (ticket_id, document_id, at, place)
    join desk.ticket t on t.workspace_id = ${tx.workspaceId}::uuid and t.id = h.ticket_id
    join desk.customer c on c.workspace_id = t.workspace_id and c.id = t.customer_id
    left join desk.staff s on s.workspace_id = t.workspace_id and s.id = t.assignee_id
    left join desk.message m on m.workspace_id = t.workspace_id and m.id = h.document_id
    left join desk.staff w on w.workspace_id = m.workspace_id and w.id = m.author_id
    left join desk.customer mc on mc.workspace_id = m.workspace_id and mc.id = m.author_id
    order by h.place`
  return rows.map((row) => opened(box, row))
}

function opened(box: Box, { envelope, body, ...row }: Stored): HitRow {
  const { messageId } = row
  if (messageId === null || !envelope || !body) return { ...row, text: '', messageSubject: row.subject }
  const { subject } = JSON.parse(box.openText('message.envelope', messageId, envelope)) as { subject: string }
  return { ...row, messageSubject: subject, text: maskCodes(box.openText('message.body', messageId, body)) }
}

/** One line of what was found. */
export const presentHit = (row: HitRow, { terms }: Question): SearchHit => ({
  id: row.id,
  number: formatNumber(row.number),
  subject: row.subject,
  status: row.status,
  priority: row.priority,
  assignee: row.assigneeId && row.assigneeName !== null ? { id: row.assigneeId, name: row.assigneeName } : null,
  customer: { id: row.customerId, name: row.customerName, email: row.customerEmail },
  lastMessageAt: row.lastMessageAt.toISOString(),
  waitingSince: waitingSince(row.queueAt),
  voidReason: row.voidReason,
  tags: row.tags,
  found: {
    messageId: row.messageId,
    at: row.at.toISOString(),
    author: row.messageId && (row.authorName ?? 'Unknown'),
    ...excerptWith(row.messageId === null ? row.tags.join(', ') : row.text, terms),
  },
})
