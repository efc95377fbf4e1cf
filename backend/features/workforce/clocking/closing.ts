import type { EndedHow, EndingReason } from '../../../../shared/workforce.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Actor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { breakEnded, workEnded } from '../events.ts'

/** A session that comes to its end, and when. Its row is held. */
export type Closing = { sessionId: string; at: Date }

/** How it ends; `byId` and `reason` when somebody else ended it. */
export type Ending = { how: EndedHow; byId: string | null; reason: EndingReason | null }

type ClosedBreak = {
  staffId: string
  sessionId: string
  kind: string
  seconds: number
  allowedSeconds: number
  at: Date
}

/** Ends sessions, and the breaks that are open in them. Nothing ends before it began, nor before something in it ended. */
export async function closeSessions(
  tx: Tx,
  closings: readonly Closing[],
  { how, byId, reason }: Ending,
  by: Actor,
): Promise<void> {
  if (closings.length === 0) return
  const rows = Prisma.sql`unnest(${closings.map(({ sessionId }) => sessionId)}::uuid[], ${closings.map(({ at }) => at)}::timestamptz[]) as c (session_id, at)`
  const breaks = await tx.$queryRaw<ClosedBreak[]>`
    update desk.work_break b set ended_at = greatest(c.at, b.started_at), ended_by_id = ${byId}::uuid, ended_reason = ${reason} from ${rows}
    where b.workspace_id = ${tx.workspaceId}::uuid and b.session_id = c.session_id and b.ended_at is null
    returning ${CLOSED_BREAK}`
  const sessions = await tx.$queryRaw<{ staffId: string; sessionId: string; at: Date }[]>`
    update desk.work_session w set ended_how = ${how}, ended_by_id = ${byId}::uuid, ended_reason = ${reason}, version = w.version + 1,
      ended_at = greatest(c.at, w.started_at, (
        select max(b.ended_at) from desk.work_break b where b.workspace_id = w.workspace_id and b.session_id = w.id))
    from ${rows}
    where w.workspace_id = ${tx.workspaceId}::uuid and w.id = c.session_id and w.ended_at is null
    returning w.staff_id::text as "staffId", w.id::text as "sessionId", w.ended_at as at`
  await record(tx, [
    ...breaks.map(({ at, ...ended }) => breakEnded({ ...ended, by, occurredAt: at })),
    ...sessions.map(({ at, ...ended }) => workEnded({ ...ended, how, by, occurredAt: at })),
  ])
}

const CLOSED_BREAK = Prisma.sql`b.staff_id::text as "staffId", b.session_id::text as "sessionId", b.kind, b.ended_at as at,
  extract(epoch from b.ended_at - b.started_at)::int as seconds, b.allowed_minutes * 60 as "allowedSeconds"`

/** Ends the break that goes on in a session, and nothing else. */
export async function closeBreak(
  tx: Tx,
  sessionId: string,
  { byId, reason }: Pick<Ending, 'byId' | 'reason'>,
  by: Actor,
): Promise<void> {
  const breaks = await tx.$queryRaw<ClosedBreak[]>`
    update desk.work_break b set ended_at = greatest(${tx.now}, b.started_at), ended_by_id = ${byId}::uuid, ended_reason = ${reason}
    where b.workspace_id = ${tx.workspaceId}::uuid and b.session_id = ${sessionId}::uuid and b.ended_at is null
    returning ${CLOSED_BREAK}`
  await countChange(tx, sessionId)
  await record(
    tx,
    breaks.map(({ at, ...ended }) => breakEnded({ ...ended, by, occurredAt: at })),
  )
}

/** Work with another break is other work to whoever has opened its times: saving them would undo the break. */
export const countChange = (tx: Tx, sessionId: string) => tx.$executeRaw`
  update desk.work_session set version = version + 1 where workspace_id = ${tx.workspaceId}::uuid and id = ${sessionId}::uuid`
