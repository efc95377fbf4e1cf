import type { PanelCard } from '../../../shared/panel.ts'
import type { TimelineEntry } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { DeskError } from '../../platform/errors.ts'
import { packCursor, readCursor } from '../../platform/signer.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { timelineCard } from './card/timeline-card.ts'
import { sentenceOf } from './card/timeline-words.ts'
import { formatNumber } from './numbers.ts'
import { ruleName } from './rule-name.ts'
import { authorName, type MessageRow } from './viewing.ts'

type Row = {
  id: string
  type: string
  occurredAt: Date
  actorKind: MessageRow['authorKind']
  actorId: string | null
  actorName: string | null
  payload: Record<string, string | number | boolean | null>
  /** The number of the order that it is about, as long as the order is known. */
  order: string | null
  /** The number of the other ticket that it is about. */
  other: number | null
  /** Whom the ticket was given to. */
  person: string | null
}

/** What happened to a ticket, newest first, straight from the record. */
export async function listTimelineOf(
  ctx: Pick<Ctx, 'signer'>,
  tx: Tx,
  ticketId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const list = `timeline/${tx.workspaceId}/${ticketId}`
  const rows = await tx.$queryRaw<Row[]>(
    timelineOf(tx.workspaceId, ticketId, readCursor(ctx.signer, list, cursor), limit + 1),
  )
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: items.map(present),
    next: last ? packCursor(ctx.signer, list, [last.occurredAt.toISOString(), last.id]) : null,
  }
}

const ON_CARD = 50

/** A page of it as a card for the panel. */
export async function viewTimeline(ctx: Ctx, tx: Tx, ticketId: string, cursor: string | undefined): Promise<PanelCard> {
  const ticket = await tx.ticket.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: ticketId } },
    select: { number: true },
  })
  if (!ticket) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  const page = await listTimelineOf(ctx, tx, ticketId, { cursor, limit: ON_CARD })
  return timelineCard({ id: ticketId, number: formatNumber(ticket.number) }, page)
}

export function timelineOf(
  workspaceId: string,
  ticketId: string,
  after: readonly unknown[] | null,
  limit: number,
): Prisma.Sql {
  const [at, id] = after ?? []
  return Prisma.sql`
    select e.id::text, e.type, e.occurred_at as "occurredAt", e.actor_kind as "actorKind", e.actor_id::text as "actorId",
      coalesce(s.name, c.name, k.name, ${ruleName('e.actor')}) as "actorName", e.payload, o.name as "order", other.number as other, p.name as person
    from (
      select *, (e.payload ->> 'orderId')::uuid as order_id, (e.payload ->> 'otherId')::uuid as other_id,
        (e.payload ->> case e.type when 'ticket.assigned' then 'assigneeId' when 'ticket.escalated' then 'toId' when 'ticket.handed_over' then 'toId' when 'ticket.mentioned' then 'staffId' when 'claim.taken' then 'staffId' end)::uuid as person_id
      from desk.event e where e.workspace_id = ${workspaceId}::uuid and e.ticket_id = ${ticketId}::uuid
        ${after ? Prisma.sql`and (e.occurred_at, e.id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
      order by e.occurred_at desc, e.id desc limit ${limit}) e
    left join desk.staff s on s.workspace_id = e.workspace_id and s.id = e.actor_id
    left join desk.customer c on c.workspace_id = e.workspace_id and c.id = e.actor_id
    left join desk.api_key k on k.workspace_id = e.workspace_id and k.id = e.actor_id
    left join desk.shop_order o on o.workspace_id = e.workspace_id and o.id = e.order_id
    left join desk.ticket other on other.workspace_id = e.workspace_id and other.id = e.other_id
    left join desk.staff p on p.workspace_id = e.workspace_id and p.id = e.person_id
    order by e.occurred_at desc, e.id desc`
}

function present({ id, type, occurredAt, payload, order, other, person, ...row }: Row): TimelineEntry {
  const facts = {
    ...payload,
    ...(order !== null && { order }),
    ...(other !== null && { other: formatNumber(other) }),
    ...(person !== null && { person }),
  }
  const name = authorName({ authorKind: row.actorKind, authorName: row.actorName })
  const actor = { kind: row.actorKind, id: row.actorId, name }
  return { id, type, occurredAt: occurredAt.toISOString(), actor, facts, words: sentenceOf({ type, facts, actor }) }
}
