import type { StaffRole } from '../../../shared/roles.ts'
import type { StaffMember } from '../../../shared/settings.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { domainOf, emailKey } from './addresses.ts'
import { noteChange } from './changes.ts'
import { staffDeactivated, staffInvited, staffReactivated, staffRoleChanged } from './events.ts'

type Who = Pick<Actor, 'kind' | 'id'>

/** Invites by address; the person is bound to their Google account when they first open the add-on. */
export const inviteStaff = (
  ctx: Ctx,
  workspaceId: string,
  person: { email: string; name: string; role: StaffRole },
  by: Who,
): Promise<StaffMember> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const key = emailKey(person.email)
    const domain = await tx.domain.findUnique({ where: { workspaceId_domain: { workspaceId, domain: domainOf(key) } } })
    if (!domain)
      throw new DeskError(
        'invalid_request',
        `${person.email} is not in a domain of this workspace. Add its domain first.`,
      )
    if (await tx.staff.findUnique({ where: { workspaceId_emailKey: { workspaceId, emailKey: key } } }))
      throw new DeskError('invalid_request', `${person.email} is on the staff already.`)
    const staff = await tx.staff.create({
      data: {
        workspaceId,
        id: newId(tx.now),
        email: person.email.trim(),
        emailKey: key,
        name: person.name,
        role: person.role,
        state: 'invited',
        createdAt: tx.now,
      },
    })
    await record(tx, [staffInvited({ staffId: staff.id, role: person.role, by })])
    await note(ctx, tx, null, staff, by)
    return present(staff)
  })

export const changeRole = (
  ctx: Ctx,
  workspaceId: string,
  email: string,
  role: StaffRole,
  by: Who,
): Promise<StaffMember> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const staff = await lockStaff(tx, email)
    if (staff.role === role) return present(staff)
    await refuseLastAdmin(tx, staff)
    await record(tx, [staffRoleChanged({ staffId: staff.id, role, before: staff.role as StaffRole, by })])
    return put(ctx, tx, staff, { role }, by)
  })

/** Ends someone's access at once. Their open tickets go back by a reaction to the event. */
export const deactivateStaff = (ctx: Ctx, workspaceId: string, email: string, by: Who): Promise<StaffMember> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const staff = await lockStaff(tx, email)
    if (staff.state === 'deactivated') return present(staff)
    await refuseLastAdmin(tx, staff)
    await record(tx, [staffDeactivated({ staffId: staff.id, by })])
    return put(ctx, tx, staff, { state: 'deactivated' }, by)
  })

export const reactivateStaff = (ctx: Ctx, workspaceId: string, email: string, by: Who): Promise<StaffMember> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const staff = await lockStaff(tx, email)
    if (staff.state !== 'deactivated') return present(staff)
    await record(tx, [staffReactivated({ staffId: staff.id, by })])
    return put(ctx, tx, staff, { state: staff.googleSub ? 'active' : 'invited' }, by)
  })

async function put(
  ctx: Ctx,
  tx: Tx,
  staff: Row,
  data: { role: StaffRole } | { state: string },
  by: Who,
): Promise<StaffMember> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: staff.id } }
  const after = await tx.staff.update({ where, data })
  await note(ctx, tx, staff, after, by)
  return present(after)
}

const note = async (ctx: Ctx, tx: Tx, before: Row | null, after: Row, by: Who): Promise<void> =>
  noteChange(tx, await ctx.keyring.box(tx), {
    setting: 'staff',
    before: before && said(before),
    after: said(after),
    by,
  })

const said = ({ name, email, role, state }: Row) => ({ name, email, role, state })

/** @throws DeskError move_not_allowed */
async function refuseLastAdmin(tx: Tx, { id, name, role }: Row): Promise<void> {
  if (role !== 'admin') return
  const where = { workspaceId: tx.workspaceId, role: 'admin', state: { not: 'deactivated' }, id: { not: id } }
  if ((await tx.staff.count({ where })) === 0)
    throw new DeskError('move_not_allowed', `${name} is the only admin. Make somebody else an admin first.`)
}

/** Admins are held too: two who take each other's role at the same moment come one after the other. */
async function lockStaff(tx: Tx, email: string) {
  const key = emailKey(email)
  await tx.$executeRaw`
    select from desk.staff where workspace_id = ${tx.workspaceId}::uuid and (email_key = ${key} or role = 'admin') order by id for update`
  const staff = await tx.staff.findUnique({
    where: { workspaceId_emailKey: { workspaceId: tx.workspaceId, emailKey: key } },
  })
  if (!staff) throw new DeskError('not_found', `${email} is not on the staff of this workspace.`)
  return staff
}

/** Who of the staff writes from this address; deactivated people included, because their old mail is still theirs. */
export const findStaffByAddress = (tx: Tx, address: string) =>
  tx.staff.findUnique({
    where: { workspaceId_emailKey: { workspaceId: tx.workspaceId, emailKey: emailKey(address) } },
    select: { id: true, name: true, state: true },
  })

/** The same for many addresses: ids by the key of the address. */
export async function staffByAddress(tx: Tx, addresses: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const keys = [...new Set(addresses.map(emailKey))]
  if (keys.length === 0) return new Map()
  const rows = await tx.ask<{ key: string; id: string }>(Prisma.sql`
    select email_key as key, id::text from desk.staff where workspace_id = ${tx.workspaceId}::uuid and email_key = any(${keys}::text[])`)
  return new Map(rows.map(({ key, id }) => [key, id]))
}

/** The staff by name, those who left last. */
export async function staffOf(tx: Tx): Promise<StaffMember[]> {
  const rows = await tx.staff.findMany({
    where: { workspaceId: tx.workspaceId },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 500,
  })
  const members = rows.map(present)
  return [
    ...members.filter(({ state }) => state !== 'deactivated'),
    ...members.filter(({ state }) => state === 'deactivated'),
  ]
}

type Row = { id: string; name: string; email: string; role: string; state: string }

const present = (staff: Row): StaffMember => ({
  id: staff.id,
  name: staff.name,
  email: staff.email,
  role: staff.role as StaffRole,
  state: staff.state as StaffMember['state'],
})
