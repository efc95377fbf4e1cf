import type { CustomerTier } from '../../../../shared/sla.ts'
import type { TicketPriority, TicketStatus, VoidReason } from '../../../../shared/tickets.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { freshText } from '../../intake/index.ts'
import { customerTiersIn, openHoursIn } from '../../sla/index.ts'
import type { Asked } from './asking.ts'

/** What rules know of a ticket. */
export type Facts = {
  ticketId: string
  number: number
  status: TicketStatus
  priority: TicketPriority
  category: string | null
  tags: string[]
  mailboxId: string | null
  channel: string
  /** Two letters, as the ticket itself knows it; a tag like lang:de goes before it. */
  language: string | null
  assigneeId: string | null
  voidReason: VoidReason | null
  snoozed: boolean
  /** Since when the customer waits; null while they do not. */
  waitsSince: Date | null
  subject: string
  customerId: string
  /** The newest mail of the customer, without what it quotes; empty unless a rule asks for it. */
  message: string
  tier: CustomerTier
  openNow: boolean
}

type Row = Omit<Facts, 'message' | 'tier' | 'openNow'> & { messageId: string | null; body: Uint8Array | null }

/** Exported so that a test can look at its plan. */
export const factsSql = (workspaceId: string, ticketId: string): Prisma.Sql => Prisma.sql`
  select t.id::text as "ticketId", t.number, t.status, t.priority, t.category, t.tags, t.mailbox_id::text as "mailboxId", t.channel, t.language,
    t.assignee_id::text as "assigneeId", t.void_reason as "voidReason", t.snoozed_until is not null as snoozed,
    nullif(t.queue_at, '9999-12-31 00:00:00+00') as "waitsSince", t.subject, t.customer_id::text as "customerId", m.id::text as "messageId", m.body
  from desk.ticket t
  left join lateral (select id, body from desk.message where workspace_id = t.workspace_id and ticket_id = t.id and direction = 'in'
    order by sent_at desc, id desc limit 1) m on true
  where t.workspace_id = ${workspaceId}::uuid and t.id = ${ticketId}::uuid`

/**
 * How a ticket stands, in one statement. Opening hours and what a customer bought are looked up only where a rule asks for them.
 * @returns null when there is no such ticket
 */
export async function factsOf(ctx: Ctx, tx: Tx, ticketId: string, asked: Asked): Promise<Facts | null> {
  const [row] = await tx.$queryRaw<Row[]>(factsSql(tx.workspaceId, ticketId))
  if (!row) return null
  const { messageId, body, ...facts } = row
  return {
    ...facts,
    message: asked.message && messageId && body ? await opened(ctx, tx, messageId, body) : '',
    tier: asked.tier ? await tierOf(ctx, tx, row.customerId) : 'standard',
    openNow: asked.hours ? isOpen(await openHoursIn(tx), tx.now) : false,
  }
}

const opened = async (ctx: Ctx, tx: Tx, id: string, body: Uint8Array): Promise<string> =>
  freshText((await ctx.keyring.box(tx)).openText('message.body', id, body))

const tierOf = async (ctx: Ctx, tx: Tx, id: string): Promise<CustomerTier> =>
  (await customerTiersIn(ctx, tx, [id])).get(id) ?? 'standard'

const MINUTE_MS = 60_000

/** A desk that never said when it is open is open always. */
export const isOpen = (open: Awaited<ReturnType<typeof openHoursIn>>, at: Date): boolean =>
  open === null || open.between(at.getTime(), at.getTime() + MINUTE_MS) > 0
