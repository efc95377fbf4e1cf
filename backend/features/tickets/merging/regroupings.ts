import { z } from 'zod'
import { TicketPriority, TicketStatus } from '../../../../shared/tickets.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'

const Instant = z.iso.datetime().transform((text) => new Date(text))
const Standing = z.object({ status: TicketStatus, queueAt: Instant })
const Merged = Standing.extend({
  priority: TicketPriority,
  category: z.string().nullable(),
  assigneeId: z.uuid().nullable(),
})

/** How both tickets stood, so that undoing finds back: `from` before; `to` before and after. */
const MergeStood = z.object({
  from: Standing,
  /** Mails that the survivor had by itself: when a mail was filed says too little, because filing waits for a merge. */
  own: z.array(z.uuid()),
  to: z.object({ before: Merged, after: Merged }),
  /** Until when both slept. */
  snoozed: z.object({ from: Instant.nullable(), to: Instant.nullable() }).default({ from: null, to: null }),
  tags: z.array(z.string()),
  orders: z.array(z.uuid()),
  mentions: z.array(z.string()),
  replies: z.array(z.uuid()),
})
export type MergeStood = z.infer<typeof MergeStood>

/** How the ticket that stays stood before and after a mail was split out of it. */
const SplitStood = z.object({ before: Standing, after: Standing, own: z.array(z.uuid()) })
export type SplitStood = z.infer<typeof SplitStood>

type Row = {
  id: string
  fromId: string
  toId: string
  at: Date
  moved: string[]
  undoneAt: Date | null
}

export type Regrouping = Row & ({ kind: 'merge'; stood: MergeStood } | { kind: 'split'; stood: SplitStood })

type Kept = { id: string; fromId: string; toId: string; byId: string | null; moved: string[] } & (
  | { kind: 'merge'; stood: MergeStood }
  | { kind: 'split'; stood: SplitStood }
)

export async function keepRegrouping(tx: Tx, { stood, ...kept }: Kept): Promise<void> {
  const { workspaceId, now: at } = tx
  await tx.ticketRegrouping.create({
    data: { ...kept, workspaceId, at, stood: JSON.parse(JSON.stringify(stood)) },
    select: { id: true },
  })
}

/** @throws DeskError not_found when it is none of this ticket */
export async function regroupingOf(tx: Tx, ticketId: string, id: string): Promise<Regrouping> {
  const row = await tx.ticketRegrouping.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
  if (!row || (row.fromId !== ticketId && row.toId !== ticketId))
    throw new DeskError('not_found', 'There is no such merge or split on this ticket.')
  return row.kind === 'merge'
    ? { ...row, kind: 'merge', stood: MergeStood.parse(row.stood) }
    : { ...row, kind: 'split', stood: SplitStood.parse(row.stood) }
}

/**
 * What has to be taken back before this one: a split that took its mails further, and of a split also whatever was merged into the new
 * ticket, which is void afterwards.
 */
export async function laterThan(tx: Tx, { id, kind, toId, moved, at }: Regrouping) {
  const [row] = await tx.$queryRaw<{ kind: 'merge' | 'split'; number: number }[]>`
    select r.kind, t.number from desk.ticket_regrouping r
    join desk.ticket t on t.workspace_id = r.workspace_id and t.id = case when r.kind = 'merge' then r.from_id else r.to_id end
    where r.workspace_id = ${tx.workspaceId}::uuid and r.undone_at is null and (r.at, r.id) > (${at}, ${id}::uuid)
      and (r.from_id = ${toId}::uuid and (${kind} = 'split' or r.moved && ${moved}::uuid[]) or r.to_id = ${toId}::uuid and ${kind} = 'split')
    order by r.at desc, r.id desc limit 1`
  return row ?? null
}

/** @returns false when somebody took it back already */
export async function markUndone(tx: Tx, id: string, byId: string | null): Promise<boolean> {
  const marked = await tx.$executeRaw`
    update desk.ticket_regrouping set undone_at = ${tx.now}, undone_by_id = ${byId}::uuid
    where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid and undone_at is null`
  return marked > 0
}
