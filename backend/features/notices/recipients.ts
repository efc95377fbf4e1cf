import type { Tx } from '../../platform/tenancy.ts'

export type Recipient = { id: string; email: string }

const select = { id: true, email: true } as const
const MOST = 50

/** Someone of the staff; nobody when they have left. */
export const person = (tx: Tx, id: string): Promise<Recipient[]> =>
  tx.staff.findMany({ where: { workspaceId: tx.workspaceId, id, state: { not: 'deactivated' } }, select })

/** Every supervisor; where there is none, every admin. */
export async function supervisors(tx: Tx): Promise<Recipient[]> {
  const found = await ofRole(tx, 'supervisor')
  return found.length > 0 ? found : ofRole(tx, 'admin')
}

const ofRole = (tx: Tx, role: string): Promise<Recipient[]> =>
  tx.staff.findMany({
    where: { workspaceId: tx.workspaceId, role, state: { not: 'deactivated' } },
    orderBy: { id: 'asc' },
    take: MOST,
    select,
  })
