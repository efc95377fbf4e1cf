import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { noteChange } from './changes.ts'
import { domainAdded, domainRemoved } from './events.ts'

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
    const by = systemOf(workspaceId)
    await record(tx, [domainAdded({ by })])
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'domains', before: null, after: wanted, by })
  })
}

export async function removeDomain(ctx: Ctx, workspaceId: string, domain: string): Promise<void> {
  const wanted = domain.trim().toLowerCase()
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const { count } = await tx.domain.deleteMany({ where: { workspaceId, domain: wanted } })
    if (count === 0) throw new DeskError('not_found', `${wanted} is not a domain of this workspace.`)
    await tx.$executeRaw`select app.remove_domain(${wanted})`
    await tx.pageSession.deleteMany({ where: { workspaceId } }) // a session does not say by which domain it was begun
    const by = systemOf(workspaceId)
    await record(tx, [domainRemoved({ by })])
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'domains', before: wanted, after: null, by })
  })
}
