import type { StaffRole } from '../../../../shared/roles.ts'
import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/** Who began an act, as they are by now; null when they may not work on tickets any more. */
export async function doerOf(tx: Tx, id: string): Promise<Actor | null> {
  const { workspaceId } = tx
  const where = { workspaceId_id: { workspaceId, id } }
  const staff = await tx.staff.findUnique({ where, select: { name: true, role: true, state: true } })
  if (staff) {
    const works = staff.state !== 'deactivated' && (PEOPLE_AT_WORK as readonly string[]).includes(staff.role)
    return works ? { kind: 'staff', id, workspaceId, name: staff.name, role: staff.role as StaffRole } : null
  }
  const key = await tx.apiKey.findUnique({ where, select: { name: true, revokedAt: true } })
  if (!key || key.revokedAt !== null) return null
  return { kind: 'key', id, workspaceId, name: key.name, scopes: ['tickets:write'] }
}
