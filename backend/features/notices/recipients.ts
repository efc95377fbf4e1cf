import type { StaffRole } from '../../../shared/roles.ts'
import type { Tx } from '../../platform/tenancy.ts'

export type Recipient = { id: string }

const select = { id: true } as const
const MOST = 50

/** Someone of the staff; nobody when they have left. */
export const person = (tx: Tx, id: string): Promise<Recipient[]> =>
  tx.staff.findMany({ where: { workspaceId: tx.workspaceId, id, state: { not: 'deactivated' } }, select })

/** Everybody of a role; where there is nobody, every admin. */
export async function peopleOf(tx: Tx, role: 'supervisor' | 'finance' | 'admin'): Promise<Recipient[]> {
  const found = await everybodyWho(tx, [role])
  return found.length > 0 ? found : everybodyWho(tx, ['admin'])
}

export const everybodyWho = (tx: Tx, roles: readonly StaffRole[]): Promise<Recipient[]> =>
  tx.staff.findMany({
    where: { workspaceId: tx.workspaceId, role: { in: [...roles] }, state: { not: 'deactivated' } },
    orderBy: { id: 'asc' },
    take: MOST,
    select,
  })
