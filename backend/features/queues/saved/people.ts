import type { Tx } from '../../../platform/tenancy.ts'

/** A drop-down has room for so many. */
const MOST = 80

/** Who works on tickets, by name. */
export const peopleIn = ({ staff, workspaceId }: Tx): Promise<{ id: string; name: string }[]> =>
  staff.findMany({
    where: { workspaceId, state: { not: 'deactivated' }, role: { in: ['agent', 'supervisor', 'admin'] } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST,
    select: { id: true, name: true },
  })
