import type { Tx } from '../../platform/tenancy.ts'

export type Recipient = { id: string; email: string }

const select = { id: true, email: true } as const
const MOST = 50

/** Someone of the staff; nobody when they have left. */
export const person = (tx: Tx, id: string): Promise<Recipient[]> =>
  tx.staff.findMany({ where: { workspaceId: tx.workspaceId, id, state: { not: 'deactivated' } }, select })

/** Everybody of a role; where there is nobody, every admin. */
export async function peopleOf(tx: Tx, role: 'supervisor' | 'finance' | 'admin'): Promise<Recipient[]> {
  const found = await ofRole(tx, role)
  return found.length > 0 ? found : ofRole(tx, 'admin')
}

const ofRole = (tx: Tx, role: string): Promise<Recipient[]> =>
  tx.staff.findMany({
    where: { workspaceId: tx.workspaceId, role, state: { not: 'deactivated' } },
    orderBy: { id: 'asc' },
    take: MOST,
    select,
  })
