import type { KeyScope, StaffRole } from '../../shared/roles.ts'

/** Who did something. `system` is Sidedesk itself; its id is null. */
export type Actor = StaffActor | KeyActor | CustomerActor | SystemActor

export type StaffActor = { kind: 'staff'; id: string; workspaceId: string; name: string; role: StaffRole }
export type KeyActor = { kind: 'key'; id: string; workspaceId: string; name: string; scopes: readonly KeyScope[] }
export type CustomerActor = { kind: 'customer'; id: string; workspaceId: string; name: string }
export type SystemActor = { kind: 'system'; id: null; workspaceId: string; name: 'Sidedesk' }

/** The actor of work that no person asked for: syncs, schedules, reactions. */
export const systemOf = (workspaceId: string): SystemActor => ({
  kind: 'system',
  id: null,
  workspaceId,
  name: 'Sidedesk',
})
