import { type Command, Option } from 'commander'
import { z } from 'zod'
import { STAFF_ROLES, type StaffRole } from '../../shared/roles.ts'
import type { StaffMember } from '../../shared/settings.ts'
import type { Ctx } from '../context.ts'
import { countOpenOf } from '../features/queues/index.ts'
import { changeRole, deactivateStaff, inviteStaff, reactivateStaff, staffOf } from '../features/settings/index.ts'
import { systemOf } from '../platform/actor.ts'
import { inWorkspace } from '../platform/tenancy.ts'
import { chosenWorkspace, type OfWorkspace, workspaceOption } from './choosing.ts'
import { withDesk } from './desk.ts'
import { CommandRefused } from './failing.ts'
import { printTable } from './table.ts'

const roleOption = () => new Option('-r, --role <role>', 'what they may do').choices(STAFF_ROLES)

export function staffCommands(program: Command): void {
  const staff = program.command('staff').description('who works on the desk')
  const act = (name: string, description: string) =>
    staff.command(name).argument('<email>').description(description).addOption(workspaceOption())
  act('invite', 'lets somebody in; they are bound to their Google account when they first open the add-on')
    .addOption(roleOption().default('agent'))
    .option('-n, --name <name>', 'as colleagues read it; made from the address when left out')
    .action(invite)
  act('role', 'changes what somebody may do').addOption(roleOption().makeOptionMandatory()).action(role)
  act('deactivate', 'ends access at once; their open tickets go back to the queue').action(deactivate)
  act('reactivate', 'lets somebody in again').action(reactivate)
  staff.command('list').description('the staff, those who left last').addOption(workspaceOption()).action(list)
}

const invite = (email: string, { workspace, role, name }: OfWorkspace & { role: StaffRole; name?: string }) =>
  withDesk(async (ctx) => {
    if (!z.email().safeParse(email).success) throw new CommandRefused(`${email} is not a mail address.`)
    const { id } = await chosenWorkspace(ctx, workspace)
    const member = await inviteStaff(ctx, id, { email, name: name?.trim() || nameFrom(email), role }, systemOf(id))
    console.log(
      `Invited ${member.name} <${member.email}> as ${member.role}. Nothing was mailed: tell them to open the add-on.`,
    )
  })

/** nora.lind@example.com -> Nora Lind */
export const nameFrom = (email: string): string =>
  (email.split('@')[0] ?? '')
    .split(/[._-]+/)
    .filter(Boolean)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ')

const role = (email: string, { workspace, role }: OfWorkspace & { role: StaffRole }) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const member = await changeRole(ctx, id, email, role, systemOf(id))
    console.log(`${member.name} <${member.email}> is ${member.role} now.`)
  })

const deactivate = (email: string, { workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const before = await memberOf(ctx, id, email)
    if (before.state === 'deactivated') return console.log(`${before.name} was deactivated already.`)
    const open = await inWorkspace(ctx, id, (tx) => countOpenOf(tx, before.id, MOST), { reads: true })
    await deactivateStaff(ctx, id, email, systemOf(id))
    console.log(`${before.name} <${before.email}> is out.`)
    console.log(handedBack(open))
  })

const MOST = 10_000

function handedBack(count: number): string {
  if (count === 0) return 'They had no open tickets.'
  const tickets = count === 1 ? '1 open ticket goes' : `${count > MOST ? `More than ${MOST}` : count} open tickets go`
  return `${tickets} back to the queue as soon as the worker runs.`
}

const reactivate = (email: string, { workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const member = await reactivateStaff(ctx, id, email, systemOf(id))
    console.log(`${member.name} <${member.email}> is ${member.state} again, as ${member.role}.`)
  })

const list = ({ workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const staff = await inWorkspace(ctx, id, staffOf, { reads: true })
    const rows = staff.map(({ name, email, role, state }) => [name, email, role, STATE[state]])
    printTable(['name', 'email', 'role', 'state'], rows, 'Nobody is on the staff yet: npm run admin -- staff invite')
  })

const STATE = { invited: 'invited, never signed in', active: 'active', deactivated: 'deactivated' } as const

async function memberOf(ctx: Ctx, workspaceId: string, email: string): Promise<StaffMember> {
  const staff = await inWorkspace(ctx, workspaceId, staffOf, { reads: true })
  const found = staff.find((member) => member.email.toLowerCase() === email.trim().toLowerCase())
  if (!found) throw new CommandRefused(`${email} is not on the staff of this workspace.`)
  return found
}
