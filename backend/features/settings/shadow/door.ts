import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { AskedToAct, Permission } from '../../../platform/journal.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { withheld } from './withholding.ts'

/** What an act outside is about, as far as shadow mode of a single mailbox asks: its mailbox, or a ticket that has one. */
type About = { ticketId?: string | null; mailboxId?: string | null }

const EVERYTHING: About = {}

/**
 * The one door to other systems: whether this workspace may write to them right now. Not while its effects are paused, and not in
 * shadow mode of the workspace or of the mailbox that the act is about.
 */
export async function mayAffectOutside(ctx: Ctx, tx: Tx, about: About = EVERYTHING): Promise<boolean> {
  if (ctx.config.effectsPaused) return false
  const { paused, shadow } = await standing(tx, about, null)
  return !paused && !shadow
}

/** Whether shadow mode holds for what an act is about. */
export const inShadow = async (tx: Tx, about: About = EVERYTHING): Promise<boolean> =>
  (await standing(tx, about, null)).shadow

/**
 * The same door for what stands in the journal. What was planned in shadow mode is refused for good, however late its turn comes;
 * what was planned before waits as during a pause.
 */
export const permitOutside =
  (ctx: Ctx) =>
  (tx: Tx, asked: AskedToAct): Promise<Permission> =>
    permit(ctx, tx, asked, null)

/** The same for what goes through a mailbox: in its shadow nothing does, whatever it is about. */
export const permitThroughMailbox =
  (ctx: Ctx) =>
  (tx: Tx, asked: AskedToAct<{ mailboxId: string }>): Promise<Permission> =>
    permit(ctx, tx, asked, asked.request.mailboxId)

async function permit(
  ctx: Ctx,
  tx: Tx,
  { kind, ticketId, plannedAt }: AskedToAct,
  mailboxId: string | null,
): Promise<Permission> {
  const { paused, shadow, planned } = await standing(tx, { ticketId, mailboxId }, plannedAt)
  if (!planned) return !ctx.config.effectsPaused && !paused && !shadow
  await withheld(tx, kind, 1, mailboxId)
  return { refused: SHADOW_WORDS }
}

/** The same question about many tickets at once. @returns tells of each, and of what has no ticket */
export async function shadowAmong(tx: Tx, ticketIds: readonly string[]): Promise<(ticketId: string | null) => boolean> {
  const [found] = await tx.$queryRaw<{ all: boolean; ids: string[] }[]>`
    select exists (select from desk.shadow_period s where s.workspace_id = ${tx.workspaceId}::uuid and s.mailbox_id is null and s.ended_at is null) as all,
      (select coalesce(array_agg(t.id::text), '{}') from desk.ticket t
        join desk.shadow_period s on s.workspace_id = t.workspace_id and s.mailbox_id = t.mailbox_id and s.ended_at is null
        where t.workspace_id = ${tx.workspaceId}::uuid and t.id = any(${[...ticketIds]}::uuid[])) as ids`
  const ids = new Set(found?.ids)
  return (ticketId) => (found?.all ?? false) || (ticketId !== null && ids.has(ticketId))
}

const SHADOW_WORDS = 'Shadow mode is on: Sidedesk reads everything and writes nothing outside, so this was not done.'

/** For what a person asks for. @throws DeskError in_shadow */
export async function refuseInShadow(tx: Tx, about: About = EVERYTHING): Promise<void> {
  if (await inShadow(tx, about)) throw new DeskError('in_shadow', SHADOW_WORDS)
}

/** For what the desk would do by itself: leaves it and counts it. @returns whether it is to be left */
export async function withholdInShadow(tx: Tx, kind: string, about: About = EVERYTHING): Promise<boolean> {
  if (!(await inShadow(tx, about))) return false
  await withheld(tx, kind, 1, about.mailboxId ?? null)
  return true
}

type Standing = { paused: boolean; shadow: boolean; planned: boolean }

async function standing(tx: Tx, about: About, plannedAt: Date | null): Promise<Standing> {
  const [row] = await tx.$queryRaw<Standing[]>(standingSql(tx.workspaceId, about, plannedAt))
  if (!row) throw new Error('A transaction has a workspace')
  return row
}

/** Pause and shadow in one statement; there are few periods. Exported so that a test can look at its plan. */
export const standingSql = (
  workspaceId: string,
  { ticketId, mailboxId }: About,
  plannedAt: Date | null,
): Prisma.Sql => {
  const mine = Prisma.sql`s.workspace_id = w.workspace_id and (s.mailbox_id is null or s.mailbox_id = ${mailboxId ?? null}::uuid
      or s.mailbox_id = (select t.mailbox_id from desk.ticket t where t.workspace_id = w.workspace_id and t.id = ${ticketId ?? null}::uuid))`
  return Prisma.sql`
    select w.effects_paused as paused,
      exists (select from desk.shadow_period s where ${mine} and s.ended_at is null) as shadow,
      exists (select from desk.shadow_period s where ${mine} and s.began_at <= ${plannedAt}::timestamptz and s.ended_at is null)
        or exists (select from desk.shadow_period s where ${mine} and s.began_at <= ${plannedAt}::timestamptz
          and s.ended_at > ${plannedAt}::timestamptz) as planned
    from desk.workspace w where w.workspace_id = ${workspaceId}::uuid`
}
