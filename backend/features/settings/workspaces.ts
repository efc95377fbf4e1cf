import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { systemOf } from '../../platform/actor.ts'
import { askDirectory } from '../../platform/asking.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { domainAdded, domainRemoved, effectsPauseChanged, workspaceCreated } from './events.ts'

/** A new organisation with its first data key; it has no domain, staff or mailbox yet. */
export async function createWorkspace(ctx: Ctx, name: string): Promise<{ workspaceId: string }> {
  const workspaceId = newId()
  await inWorkspace(ctx, workspaceId, async (tx) => {
    await tx.$executeRaw`select app.add_workspace(${tx.now})`
    await tx.workspace.create({ data: { workspaceId, name, createdAt: tx.now } })
    await ctx.keyring.create(tx)
    await record(tx, [workspaceCreated({ by: systemOf(workspaceId) })])
  })
  return { workspaceId }
}

/** @throws DeskError invalid_request when the domain is not one, or belongs to a workspace already */
export async function addDomain(ctx: Ctx, workspaceId: string, domain: string): Promise<void> {
  const wanted = domain.trim().toLowerCase()
  if (!/^([a-z0-9-]+\.)+[a-z]{2,}$/.test(wanted))
    throw new DeskError('invalid_request', `${domain} is not a domain name like example.com.`)
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const [taken] = await tx.$queryRaw<{ id: string | null }[]>`select app.workspace_of_domain(${wanted})::text as id`
    if (taken?.id === workspaceId) return
    if (taken?.id) throw new DeskError('invalid_request', `${wanted} belongs to another workspace here.`)
    await tx.$executeRaw`select app.add_domain(${wanted})`
    await tx.domain.create({ data: { workspaceId, domain: wanted, createdAt: tx.now } })
    await record(tx, [domainAdded({ by: systemOf(workspaceId) })])
  })
}

export async function removeDomain(ctx: Ctx, workspaceId: string, domain: string): Promise<void> {
  const wanted = domain.trim().toLowerCase()
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const { count } = await tx.domain.deleteMany({ where: { workspaceId, domain: wanted } })
    if (count === 0) throw new DeskError('not_found', `${wanted} is not a domain of this workspace.`)
    await tx.$executeRaw`select app.remove_domain(${wanted})`
    await tx.pageSession.deleteMany({ where: { workspaceId } }) // a session does not say by which domain it was begun
    await record(tx, [domainRemoved({ by: systemOf(workspaceId) })])
  })
}

/** Stops or resumes every write of this workspace to another system. */
export const pauseEffects = (ctx: Ctx, workspaceId: string, paused: boolean): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await tx.workspace.update({ where: { workspaceId }, data: { effectsPaused: paused } })
    await record(tx, [effectsPauseChanged({ paused, by: systemOf(workspaceId) })])
  })

/** Whether this workspace may write to other systems right now. */
export async function mayAffectOutside(ctx: Ctx, tx: Tx): Promise<boolean> {
  if (ctx.config.effectsPaused) return false
  const { effectsPaused } = await tx.workspace.findUniqueOrThrow({
    where: { workspaceId: tx.workspaceId },
    select: { effectsPaused: true },
  })
  return !effectsPaused
}

/** The workspace that a domain is routed to. */
export async function workspaceOfDomain(ctx: Pick<Ctx, 'pool'>, domain: string): Promise<string | null> {
  const sql = Prisma.sql`select app.workspace_of_domain(${domain.toLowerCase()})::text as id`
  const [row] = await askDirectory<{ id: string | null }>(ctx, sql)
  return row?.id ?? null
}

/** The time zone of the workspace, an IANA name; UTC until an admin chooses one. */
export async function zoneOf(tx: Tx): Promise<string> {
  const { workspaceId } = tx
  const { timeZone } = await tx.workspace.findUniqueOrThrow({ where: { workspaceId }, select: { timeZone: true } })
  return timeZone
}
