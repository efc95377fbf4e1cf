import type { KeyScope, StaffRole } from '../../shared/roles.ts'

/** Who did something. `system` is Sidedesk itself, whose id is null, or one of the workspace's rules. */
export type Actor = StaffActor | KeyActor | CustomerActor | SystemActor | RuleActor

export type StaffActor = { kind: 'staff'; id: string; workspaceId: string; name: string; role: StaffRole }
export type KeyActor = { kind: 'key'; id: string; workspaceId: string; name: string; scopes: readonly KeyScope[] }
export type CustomerActor = { kind: 'customer'; id: string; workspaceId: string; name: string }
export type SystemActor = { kind: 'system'; id: null; workspaceId: string; name: 'Sidedesk' }
/** Sidedesk, because a rule says so; the id is the rule's. */
export type RuleActor = { kind: 'system'; id: string; workspaceId: string; name: string }

/** The actor of work that no person asked for: syncs, schedules, reactions. */
export const systemOf = (workspaceId: string): SystemActor => ({
  kind: 'system',
  id: null,
  workspaceId,
  name: 'Sidedesk',
})

/** The actor of what a rule of the workspace does. */
export const ruleActor = (workspaceId: string, rule: { id: string; name: string }): RuleActor => ({
  kind: 'system',
  id: rule.id,
  workspaceId,
  name: `Rule «${rule.name}»`,
})
