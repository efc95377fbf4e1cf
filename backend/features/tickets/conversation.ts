import type { z } from 'zod'
import type { Message } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { askWorkspace, boxFor } from '../../platform/asking.ts'
import { packCursor, readCursor } from '../../platform/signer.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { type AttachmentRow, attachmentsSql, type Opened, presentAttachments } from './attachments.ts'
import type { Envelope } from './messages.ts'
import { ruleName } from './rule-name.ts'
import { presentTrust, trustColumns } from './trust-words.ts'
import { authorName, type MessageRow } from './viewing.ts'
import { whyWords } from './why-words.ts'

type FullRow = Omit<MessageRow, 'sentAt' | 'excerpt' | 'envelope' | 'attachments'> & {
  sentAt: Date
  envelope: Uint8Array
  excerpt: Uint8Array
  body: Uint8Array
  attachments: AttachmentRow[]
}

type Wish = { cursor?: string | undefined; limit: number }

/** The messages of a ticket, newest first, whole. */
export async function listConversation(ctx: Ctx, tx: Tx, ticketId: string, wish: Wish) {
  const { workspaceId, now } = tx
  const rows = await tx.$queryRaw<FullRow[]>(pageOf(ctx, workspaceId, ticketId, wish))
  return presentPage(ctx, { workspaceId, now, box: await ctx.keyring.box(tx) }, rows, { ticketId, ...wish })
}

/** The same in one trip, for a page that shows it beside the ticket. */
export async function readConversation(
  ctx: Ctx,
  ticketId: string,
  wish: Wish,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
) {
  const [rows, box] = await Promise.all([
    askWorkspace<FullRow>(ctx, workspaceId, pageOf(ctx, workspaceId, ticketId, wish)),
    boxFor(ctx, workspaceId),
  ])
  const now = new Date(Math.floor(ctx.clock.now().getTime() / STEADY_MS) * STEADY_MS)
  return presentPage(ctx, { workspaceId, now, box }, rows, { ticketId, ...wish })
}

/** Links to files stay the same for so long, so that a page that is kept up to date does not change by them alone. */
const STEADY_MS = 5 * 60_000

const listOf = (workspaceId: string, ticketId: string): string => `messages/${workspaceId}/${ticketId}`

const pageOf = ({ signer }: Ctx, workspaceId: string, ticketId: string, { cursor, limit }: Wish): Prisma.Sql =>
  conversationOf(workspaceId, ticketId, readCursor(signer, listOf(workspaceId, ticketId), cursor), limit + 1)

function presentPage(ctx: Ctx, at: Opened, rows: readonly FullRow[], { ticketId, limit }: Wish & { ticketId: string }) {
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: items.map((row) => present(ctx, at, row)),
    next: last ? packCursor(ctx.signer, listOf(at.workspaceId, ticketId), [last.sentAt.toISOString(), last.id]) : null,
  }
}

export function conversationOf(
  workspaceId: string,
  ticketId: string,
  after: readonly unknown[] | null,
  limit: number,
): Prisma.Sql {
  const [at, id] = after ?? []
  return Prisma.sql`
    select m.id::text, m.direction, m.author_kind as "authorKind", m.author_id::text as "authorId", coalesce(s.name, c.name, ${ruleName('m.author')}) as "authorName",
      m.sent_at as "sentAt", m.envelope, m.excerpt, m.body, m.why, m.moved, ${trustColumns},
      ${attachmentsSql} as attachments
    from desk.message m
    left join desk.staff s on s.workspace_id = m.workspace_id and s.id = m.author_id
    left join desk.customer c on c.workspace_id = m.workspace_id and c.id = m.author_id
    where m.workspace_id = ${workspaceId}::uuid and m.ticket_id = ${ticketId}::uuid
      ${after ? Prisma.sql`and (m.sent_at, m.id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
    order by m.sent_at desc, m.id desc limit ${limit}`
}

function present(ctx: Ctx, at: Opened, row: FullRow): z.input<typeof Message> {
  const { box } = at
  const envelope: Envelope = JSON.parse(box.openText('message.envelope', row.id, row.envelope))
  return {
    id: row.id,
    direction: row.direction,
    author: { kind: row.authorKind, id: row.authorId, name: authorName(row) },
    sentAt: row.sentAt.toISOString(),
    subject: envelope.subject,
    excerpt: box.openText('message.excerpt', row.id, row.excerpt),
    text: box.openText('message.body', row.id, row.body),
    reply: envelope.reply ?? null,
    notes: [...(envelope.notes ?? [])],
    attachments: presentAttachments(ctx, at, row.attachments),
    trust: presentTrust(box, row.id, row),
    why: whyWords(row.why, row.moved),
  }
}
