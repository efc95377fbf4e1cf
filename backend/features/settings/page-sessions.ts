import { randomBytes } from 'node:crypto'
import type { StaffRole } from '../../../shared/roles.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { askWorkspace } from '../../platform/asking.ts'
import { hashOf } from '../../platform/crypto.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { pageSessionClosed, pageSessionOpened } from './events.ts'

/** A working day and a bit. */
export const LASTS_MS = 12 * 60 * 60_000
const SECRET_BYTES = 32

/** Someone of the staff in front of a page. `shadow`: shadow mode holds in the workspace, or in a mailbox of it. */
export type PageSession = { id: string; actor: StaffActor; shadow: 'workspace' | 'mailbox' | null }

/** @returns what the browser keeps: the workspace, and a secret of which only the hash is stored */
export const openSession = (ctx: Ctx, actor: StaffActor): Promise<string> =>
  inWorkspace(ctx, actor.workspaceId, async (tx) => {
    const secret = randomBytes(SECRET_BYTES).toString('base64url')
    const id = newId(tx.now)
    await tx.pageSession.create({
      data: {
        workspaceId: actor.workspaceId,
        id,
        staffId: actor.id,
        tokenHash: hashOf(secret),
        createdAt: tx.now,
        endsAt: new Date(tx.now.getTime() + LASTS_MS),
      },
    })
    await record(tx, [pageSessionOpened({ sessionId: id, by: actor })])
    return `${actor.workspaceId}.${secret}`
  })

type Row = { id: string; staffId: string; name: string; role: string; whole: boolean | null }

/** Asked with every page, so that someone who left, or got another role, is treated so at once. */
export async function sessionOf(ctx: Ctx, kept: string): Promise<PageSession | null> {
  const held = partsOf(kept)
  if (!held) return null
  const { workspaceId, secret } = held
  const sql = Prisma.sql`
    select p.id::text, s.id::text as "staffId", s.name, s.role,
      (select bool_or(d.mailbox_id is null) from desk.shadow_period d where d.workspace_id = p.workspace_id and d.ended_at is null) as whole
    from desk.page_session p
    join desk.staff s on s.workspace_id = p.workspace_id and s.id = p.staff_id
    where p.workspace_id = ${workspaceId}::uuid and p.token_hash = ${hashOf(secret)}
      and p.ends_at > ${ctx.clock.now()} and s.state = 'active'`
  const [row] = await askWorkspace<Row>(ctx, workspaceId, sql)
  if (!row) return null
  const actor = { kind: 'staff', id: row.staffId, workspaceId, name: row.name, role: row.role as StaffRole } as const
  const shadow = row.whole === null ? null : row.whole ? 'workspace' : 'mailbox'
  return { id: row.id, actor, shadow }
}

function partsOf(kept: string): { workspaceId: string; secret: string } | null {
  const [, workspaceId, secret] = /^([0-9a-f-]{36})\.([\w-]{43})$/.exec(kept) ?? []
  return workspaceId && secret ? { workspaceId, secret } : null
}

export const endSession = (ctx: Ctx, { id, actor }: Pick<PageSession, 'id' | 'actor'>): Promise<void> =>
  inWorkspace(ctx, actor.workspaceId, async (tx) => {
    const { count } = await tx.pageSession.deleteMany({ where: { workspaceId: tx.workspaceId, id } })
    if (count > 0) await record(tx, [pageSessionClosed({ sessionId: id, by: actor })])
  })

/** Whoever comes back after leaving signs in anew. */
export const endSessionsOf = (ctx: Ctx, workspaceId: string, staffId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await tx.pageSession.deleteMany({ where: { workspaceId, staffId } })
  })

export const forgetEndedSessions = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await tx.pageSession.deleteMany({ where: { workspaceId, endsAt: { lt: tx.now } } })
  })
