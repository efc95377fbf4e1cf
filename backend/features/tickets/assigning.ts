import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { ticketAssigned } from './events.ts'
import { worksOnTickets } from './leavers.ts'
import { changeTicket, type LockedTicket, lockTicket } from './locking.ts'

type Assignment = { assigneeId: string | null; version?: number }

export const assign = (ctx: Ctx, ticketId: string, wish: Assignment, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, (tx) => assignIn(tx, ticketId, wish, by))

/** Gives a ticket to one person, or to nobody; the row lock makes sure it never has two owners. */
export async function assignIn(tx: Tx, ticketId: string, wish: Assignment, by: Actor): Promise<void> {
  const { assigneeId, version } = wish
  const ticket = await lockTicket(tx, ticketId)
  if (version !== undefined && version !== ticket.version) throw await staleWithOwner(tx, ticket)
  if (ticket.assigneeId === assigneeId) return
  if (assigneeId) await refuseUnfit(tx, assigneeId)
  await changeTicket(tx, ticketId, { assigneeId })
  await record(tx, [ticketAssigned({ ticketId, assigneeId, before: ticket.assigneeId, by })])
}

/** Who comes second is told who has it. */
async function staleWithOwner(tx: Tx, { assigneeId: id }: LockedTicket): Promise<DeskError> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: id ?? tx.workspaceId } }
  const owner = await tx.staff.findUnique({ where, select: { name: true } })
  return new DeskError(
    'stale_version',
    `Someone changed this ticket since you opened it; ${owner?.name ?? 'nobody'} has it now. Look at its newest state, then decide again.`,
  )
}

/** Only people who work on tickets get one. The row is held, so that nobody leaves with a ticket given at that moment. */
async function refuseUnfit(tx: Tx, staffId: string): Promise<void> {
  const [staff] = await tx.$queryRaw<{ state: string; role: string }[]>`
    select state, role from desk.staff where workspace_id = ${tx.workspaceId}::uuid and id = ${staffId}::uuid for share`
  if (!staff || staff.state === 'deactivated')
    throw new DeskError('invalid_request', 'This person is not on the staff any more. Choose someone else.')
  if (!worksOnTickets(staff.role))
    throw new DeskError(
      'invalid_request',
      `This person's role (${staff.role}) does not work on tickets. Choose someone else.`,
    )
}

const HAND_BACK_AT_ONCE = 200

/** Whose open tickets go back, and who says so: all of somebody who left, or those that wait of somebody who goes for a while. */
type HandBack = { which: 'open' | 'waiting'; by: Pick<Actor, 'kind' | 'id'> }

/** Open tickets of someone go back to nobody, a few hundred per transaction. */
export async function handBackTicketsOf(
  ctx: Ctx,
  workspaceId: string,
  staffId: string,
  { which, by }: HandBack,
): Promise<void> {
  for (let handed = HAND_BACK_AT_ONCE; handed === HAND_BACK_AT_ONCE; )
    handed = await inWorkspace(ctx, workspaceId, async (tx) => {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        update desk.ticket set assignee_id = null, version = version + 1
        where workspace_id = ${workspaceId}::uuid and id in (
          select id from desk.ticket where workspace_id = ${workspaceId}::uuid and assignee_id = ${staffId}::uuid
            and status in ('new', 'open', 'pending', 'on_hold') and void_reason is null
            ${which === 'waiting' ? WAITING : Prisma.empty}
          order by queue_at, id limit ${HAND_BACK_AT_ONCE} for update)
        returning id::text`
      await record(
        tx,
        rows.map(({ id }) => ticketAssigned({ ticketId: id, assigneeId: null, before: staffId, by })),
      )
      return rows.length
    })
}

/** The customer waits for an answer. */
const WAITING = Prisma.sql`and status in ('new', 'open') and queue_at < '9999-12-31'`
