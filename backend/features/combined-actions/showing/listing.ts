import type { z } from 'zod'
import type { ActionView, listCombinedActions } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Actor } from '../../../platform/actor.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { showActions } from './presenting.ts'

type Query = z.infer<(typeof listCombinedActions)['query']>
type View = Query['view']
type Place = { id: string; at: Date }

/** One page of actions, newest first. Waiting for the caller's approval are those that the caller was asked for and did not begin. */
export async function listActions(
  ctx: Ctx,
  tx: Tx,
  { view, cursor, limit }: Query,
  actor: Actor,
): Promise<{ items: ActionView[]; next: string | null }> {
  const me = actor.id ?? tx.workspaceId
  const list = `combined-actions/${tx.workspaceId}/${view}/${view === 'mine' || view === 'to_approve' ? me : ''}`
  const places = await tx.$queryRaw<Place[]>(
    actionPageOf(tx.workspaceId, { view, me }, readCursor(ctx.signer, list, cursor), limit + 1),
  )
  const shown = await showActions(
    ctx,
    tx,
    places.slice(0, limit).map(({ id }) => id),
    actor,
  )
  const last = places.length > limit ? places[limit - 1] : undefined
  return {
    items: shown.map(({ view: item }) => item),
    next: last ? packCursor(ctx.signer, list, [last.at.toISOString(), last.id]) : null,
  }
}

/** What each view holds, word for word as the partial indexes say. */
const held: Record<View, (me: string) => Prisma.Sql> = {
  all: () => Prisma.sql`true`,
  open: () => Prisma.sql`a.state in ('waiting_approval', 'undoable', 'running', 'parked')`,
  mine: (me) => Prisma.sql`a.by_id = ${me}::uuid`,
  to_approve: (me) =>
    Prisma.sql`a.state in ('waiting_approval', 'undoable', 'running', 'parked') and a.state = 'waiting_approval' and a.by_id <> ${me}::uuid
      and exists (select from desk.action_approval p where p.workspace_id = a.workspace_id and p.action_id = a.id and p.approver_id = ${me}::uuid)`,
}

/** The statement of one page; exported so that a test can ask PostgreSQL for its plan. */
export function actionPageOf(
  workspaceId: string,
  { view, me }: { view: View; me: string },
  after: readonly unknown[] | null,
  limit: number,
): Prisma.Sql {
  const [at, id] = after ?? []
  const beyond = Prisma.sql`and (a.created_at, a.id) < (${at}::timestamptz, ${id}::uuid)`
  return Prisma.sql`
    select a.id::text, a.created_at as at from desk.combined_action a
    where a.workspace_id = ${workspaceId}::uuid and ${held[view](me)} ${after ? beyond : Prisma.empty}
    order by a.created_at desc, a.id desc limit ${limit}`
}
