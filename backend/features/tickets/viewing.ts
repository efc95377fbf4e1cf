import type { MailWhy } from '../../../shared/mail-why.ts'
import {
  ALLOWED_MOVES,
  type TicketCardView,
  type TicketPriority,
  type TicketStatus,
  type VoidReason,
} from '../../../shared/tickets.ts'
import type { Category } from '../../../shared/triage.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { askWorkspace, NOBODY } from '../../platform/asking.ts'
import { DeskError } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { actsFor, presentRunning, type RunningRow, runningSql } from '../combined-actions/index.ts'
import { type OrdersRow, ordersOfTicketSql, presentTicketOrders, refreshBehind } from '../orders/index.ts'
import { type AttachmentRow, attachmentsSql, type Opened, presentAttachments } from './attachments.ts'
import { cardSections } from './card/sections.ts'
import { addedBy, partsSql } from './card-part.ts'
import { categoriesFrom, categoriesSql, labelOf } from './categories/categories.ts'
import { NOBODY_WAITS } from './locking.ts'
import type { Envelope } from './messages.ts'
import { formatNumber } from './numbers.ts'
import { besideTicket } from './orders-beside.ts'
import { ruleName } from './rule-name.ts'
import { presentTrust, type TrustRow, trustColumns } from './trust-words.ts'
import { type Moved, whyWords } from './why-words.ts'

/** Newest messages that the card carries; older ones are a page away. */
const ON_CARD = 20

type CardRow = {
  id: string
  number: number
  subject: string
  status: TicketStatus
  priority: TicketPriority
  category: string | null
  language: string | null
  categories: Category[]
  languages: string[]
  tags: string[]
  voidReason: VoidReason | null
  queueAt: Date
  createdAt: Date
  lastMessageAt: Date
  messageCount: number
  firstResponseAt: Date | null
  version: number
  assignee: Person | null
  firstResponder: Person | null
  customer: { id: string; name: string; email: string }
  follows: { id: string; number: number } | null
  messages: MessageRow[]
  unsent: UnsentRow[]
  assignable: Person[]
  orders: OrdersRow
  running: RunningRow[]
  /** What each card part asked for, in their order. */
  parts: unknown[]
}

/** How the states of the journal are told. */
const UNSENT = {
  planned: 'planned',
  running: 'sending',
  unknown: 'unknown',
  refused: 'refused',
  needs_person: 'unclear',
} as const

type Person = { id: string; name: string }
type UnsentRow = {
  id: string
  state: keyof typeof UNSENT
  refusal: string | null
  by: string | null
  plannedAt: string
}

export type MessageRow = {
  id: string
  direction: 'in' | 'out' | 'note'
  authorKind: 'customer' | 'staff' | 'key' | 'system' | 'unknown'
  authorId: string | null
  authorName: string | null
  sentAt: string
  excerpt: string
  envelope: string
  attachments: AttachmentRow[]
  why: MailWhy | null
  moved: Moved | null
} & TrustRow

/** Everything that the card shows, in one statement. */
export const cardOf = (
  workspaceId: string,
  ticketId: string,
  { me, now, parts }: { me: string | null; now: Date; parts: Ctx['cardParts'] },
) => Prisma.sql`
    select t.id::text, t.number, t.subject, t.status, t.priority, t.category, t.language, t.tags, t.void_reason as "voidReason", t.queue_at as "queueAt",
      t.created_at as "createdAt", t.last_message_at as "lastMessageAt", t.message_count as "messageCount",
      t.first_response_at as "firstResponseAt", t.version,
      json_build_object('id', c.id, 'name', c.name, 'email', c.email) as customer,
      case when s.id is not null then json_build_object('id', s.id, 'name', s.name) end as assignee,
      case when f.id is not null then json_build_object('id', f.id, 'name', f.name) end as "firstResponder",
      case when p.id is not null then json_build_object('id', p.id, 'number', p.number) end as follows,
      (select coalesce(json_agg(m order by m."sentAt" desc, m.id desc), '[]') from (
        select m.id, m.direction, m.author_kind as "authorKind", m.author_id as "authorId", coalesce(ms.name, mc.name, ${ruleName('m.author')}) as "authorName",
          m.sent_at as "sentAt", encode(m.excerpt, 'base64') as excerpt, encode(m.envelope, 'base64') as envelope, m.why, m.moved, ${trustColumns},
          ${attachmentsSql} as attachments
        from desk.message m
        left join desk.staff ms on ms.workspace_id = m.workspace_id and ms.id = m.author_id
        left join desk.customer mc on mc.workspace_id = m.workspace_id and mc.id = m.author_id
        where m.workspace_id = t.workspace_id and m.ticket_id = t.id
        order by m.sent_at desc, m.id desc limit ${ON_CARD}) m) as messages,
      (select coalesce(json_agg(u order by u."plannedAt" desc), '[]') from (
        select j.id, j.state, j.refusal, js.name as by, j.created_at as "plannedAt" from desk.journal_entry j
        left join desk.staff js on js.workspace_id = j.workspace_id and js.id = j.actor_id
        where j.workspace_id = t.workspace_id and j.ticket_id = t.id and j.kind = 'gmail.reply' and j.state <> 'done'
          and (j.state not in ('refused', 'needs_person') or not exists (select from desk.message o where o.workspace_id = t.workspace_id and o.ticket_id = t.id
            and o.direction = 'out' and o.sent_at > j.created_at))
        order by j.created_at desc limit 5) u) as unsent,
      ${categoriesSql(Prisma.sql`t.workspace_id`)} as categories,
      (select languages from desk.workspace where workspace_id = t.workspace_id) as languages,
      (select coalesce(json_agg(json_build_object('id', w.id, 'name', w.name) order by w.name), '[]') from (
        select id, name from desk.staff where workspace_id = t.workspace_id and state <> 'deactivated' and role in ('agent', 'supervisor', 'admin')
        order by name limit 100) w) as assignable,
      ${ordersOfTicketSql(besideTicket(now))} as orders, ${runningSql(Prisma.sql`t.workspace_id`, me)} as running,
      ${partsSql(parts, me, now)} as parts
    from desk.ticket t
    join desk.customer c on c.workspace_id = t.workspace_id and c.id = t.customer_id
    left join desk.staff s on s.workspace_id = t.workspace_id and s.id = t.assignee_id
    left join desk.staff f on f.workspace_id = t.workspace_id and f.id = t.first_response_by_id
    left join desk.ticket p on p.workspace_id = t.workspace_id and p.id = t.follows_id
    where t.workspace_id = ${workspaceId}::uuid and t.id = ${ticketId}::uuid`

/** The statement of the card, of no ticket and nobody. */
export const cardAhead = ({ cardParts: parts }: Pick<Ctx, 'cardParts'>) =>
  cardOf(NOBODY, NOBODY, { me: NOBODY, now: new Date(0), parts })

/** The card of one ticket, as this actor may see it: one statement, as soon as this process holds the workspace's keys. */
export async function viewTicket(ctx: Ctx, ticketId: string, actor: Actor): Promise<TicketCardView> {
  const { workspaceId } = actor
  const now = ctx.clock.now()
  const box = ctx.keyring.held(workspaceId, now)
  if (!box) return inWorkspace(ctx, workspaceId, (tx) => cardView(ctx, tx, ticketId, actor), { reads: true })
  const rows = await askWorkspace<CardRow>(
    ctx,
    workspaceId,
    cardOf(workspaceId, ticketId, { me: actor.id, now, parts: ctx.cardParts }),
  )
  return present(ctx, { workspaceId, now, box }, rows, actor)
}

/** The same inside a transaction that has more to read. */
export async function cardView(ctx: Ctx, tx: Tx, ticketId: string, actor: Actor): Promise<TicketCardView> {
  const { workspaceId, now } = tx
  const rows = await tx.$queryRaw<CardRow[]>(cardOf(workspaceId, ticketId, { me: actor.id, now, parts: ctx.cardParts }))
  return present(ctx, { workspaceId, now, box: await ctx.keyring.box(tx) }, rows, actor)
}

function present(ctx: Ctx, at: Opened, [row]: CardRow[], actor: Actor): TicketCardView {
  if (!row) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  const { queueAt, firstResponder, follows, orders, parts, languages, ...ticket } = row
  refreshBehind(ctx, at.workspaceId, orders.orders)
  const view = {
    ...ticket,
    number: formatNumber(row.number),
    createdAt: row.createdAt.toISOString(),
    lastMessageAt: row.lastMessageAt.toISOString(),
    waitingSince: waitingSince(queueAt),
    firstResponse: row.firstResponseAt && { at: row.firstResponseAt.toISOString(), by: firstResponder },
    categories: offered(row),
    follows: follows && { id: follows.id, number: formatNumber(follows.number) },
    allowedMoves: row.voidReason ? [] : [...ALLOWED_MOVES[row.status]],
    me: { id: actor.id ?? actor.workspaceId, name: actor.name, mayWork: mayWork(actor) },
    messages: row.messages.map((message) => ({
      id: message.id,
      direction: message.direction,
      author: { kind: message.authorKind, id: message.authorId, name: authorName(message) },
      sentAt: new Date(message.sentAt).toISOString(),
      excerpt: at.box.openText('message.excerpt', message.id, Buffer.from(message.excerpt, 'base64')),
      attachments: presentAttachments(ctx, at, message.attachments),
      trust: presentTrust(at.box, message.id, message),
      why: whyWords(message.why, message.moved),
      notes: notesOf(at.box, message),
    })),
    unsent: row.unsent.map(({ state, by, plannedAt, ...rest }) => ({
      ...rest,
      state: UNSENT[state],
      by: by ?? 'Someone on the team',
      plannedAt: new Date(plannedAt).toISOString(),
    })),
    shop: presentTicketOrders(at.box, orders, at.now, actsFor(actor)),
    running: presentRunning(at.box, row.running, at.now),
    key: newId(),
  }
  return { ...view, ...cardSections(view, at.now, addedBy(ctx, { ...at, actor }, parts, view)) }
}

function notesOf(box: Box, { id, envelope }: MessageRow): string[] {
  const { notes }: Envelope = JSON.parse(box.openText('message.envelope', id, Buffer.from(envelope, 'base64')))
  return [...(notes ?? [])]
}

/** Retired categories are offered no more; the one that the ticket has stays, whatever became of it. */
function offered({ categories, category, languages }: CardRow): TicketCardView['categories'] {
  const all = categoriesFrom(categories)
  const shown = all.filter(({ id, retired }) => !retired || id === category)
  const unknown =
    category === null || shown.some(({ id }) => id === category) ? [] : [{ id: category, label: category }]
  return [...shown.map((one) => ({ id: one.id, label: labelOf(one, languages) })), ...unknown]
}

export const waitingSince = (queueAt: Date): string | null =>
  queueAt.getTime() === NOBODY_WAITS.getTime() ? null : queueAt.toISOString()

const mayWork = (actor: Actor): boolean =>
  actor.kind === 'staff'
    ? ['agent', 'supervisor', 'admin'].includes(actor.role)
    : actor.kind === 'key' && actor.scopes.includes('tickets:write')

/** A person whose name we do not hold is named by what they are. */
export const authorName = ({ authorKind, authorName: name }: Pick<MessageRow, 'authorKind' | 'authorName'>): string =>
  name ??
  { customer: 'Customer', staff: 'Former colleague', key: 'API', system: 'Sidedesk', unknown: 'Someone on the team' }[
    authorKind
  ]
