import type { Tx } from '../../../platform/tenancy.ts'
import { offDutySql } from '../../workforce/index.ts'
import type { ActionRow } from '../locking.ts'
import { supervisorsMay } from './authority.ts'

export type Candidate = { id: string; role: 'supervisor' | 'admin' }

/**
 * Who could decide, and was not asked for this action yet: who is on duty before who is off shift; supervisors before admins; who has
 * signed in before who has not; whoever was asked longest ago first. Never who began it, and never the one who would get the goods or the money.
 */
export const candidates = (tx: Tx, { id, byId }: Pick<ActionRow, 'id' | 'byId'>, receivers: readonly string[]) =>
  tx.$queryRaw<Candidate[]>`
    select s.id::text, s.role from desk.staff s
    left join lateral (
      select p.asked_at from desk.action_approval p
      where p.workspace_id = s.workspace_id and p.approver_id = s.id order by p.asked_at desc limit 1) last on true
    where s.workspace_id = ${tx.workspaceId}::uuid and s.role in ('supervisor', 'admin') and s.state <> 'deactivated'
      and s.id <> ${byId}::uuid and s.email_key <> all(${receivers}::text[])
      and not exists (select from desk.action_approval a
        where a.workspace_id = s.workspace_id and a.action_id = ${id}::uuid and a.approver_id = s.id)
    order by ${offDutySql(tx.now)}, s.role = 'admin', s.state = 'invited', last.asked_at nulls first, s.id limit 200`

/** Whom to ask next: a supervisor where their limits are enough, else an admin; undefined when nobody is left. */
export async function nextToAsk(
  tx: Tx,
  action: ActionRow,
  receivers: readonly string[],
): Promise<Candidate | undefined> {
  const people = await candidates(tx, action, receivers)
  const enough = people.some(({ role }) => role === 'supervisor') && (await supervisorsMay(tx, action))
  return people.find(({ role }) => role === 'admin' || enough)
}

/** Whom somebody asked about an action, and who did not decide. */
export async function askedOf(tx: Tx, actionId: string): Promise<{ id: string }[]> {
  const where = { workspaceId: tx.workspaceId, actionId, decision: null }
  const rows = await tx.actionApproval.findMany({ where, select: { approverId: true } })
  return rows.map(({ approverId: id }) => ({ id }))
}

/** Whether an action waits in vain: nobody was asked, and nobody can be. */
export async function nobodyMayAgree(tx: Tx, action: ActionRow, receivers: readonly string[]): Promise<boolean> {
  if (action.state !== 'waiting_approval') return false
  const asked = await tx.actionApproval.count({ where: { workspaceId: tx.workspaceId, actionId: action.id } })
  return asked === 0 && (await nextToAsk(tx, action, receivers)) === undefined
}
