import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { Tx } from '../../../platform/tenancy.ts'

const MOST = 500

const working = { state: { not: 'deactivated' }, role: { in: [...PEOPLE_AT_WORK] } }

/** Whom a macro may give a ticket to, by name. */
export const peopleAtWork = ({ staff, workspaceId }: Tx): Promise<{ id: string; name: string }[]> =>
  staff.findMany({
    where: { workspaceId, ...working },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST,
    select: { id: true, name: true },
  })

/** The name of one of them; null for who has left, or does not work on tickets any more. */
export async function nameAtWork({ staff, workspaceId }: Tx, id: string): Promise<string | null> {
  return (await staff.findFirst({ where: { workspaceId, id, ...working }, select: { name: true } }))?.name ?? null
}
