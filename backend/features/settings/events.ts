import { z } from 'zod'
import { STAFF_ROLES } from '../../../shared/roles.ts'
import { SETTINGS, type Setting } from '../../../shared/settings.ts'
import { event } from '../../platform/events.ts'

const role = z.enum(STAFF_ROLES)
const ofStaff = z.object({ staffId: z.uuid() })

export const workspaceCreated = event('workspace.created', z.object({}))
export const domainAdded = event('domain.added', z.object({}))
export const domainRemoved = event('domain.removed', z.object({}))
export const staffInvited = event('staff.invited', ofStaff.extend({ role }))
export const staffSignedIn = event('staff.signed_in', ofStaff)
export const staffRoleChanged = event('staff.role_changed', ofStaff.extend({ role, before: role }))
export const staffDeactivated = event('staff.deactivated', ofStaff)
export const staffReactivated = event('staff.reactivated', ofStaff)
/** The first day at work is another one; which, is in the row. */
export const staffStartChanged = event('staff.start_changed', ofStaff)
const ofSession = z.object({ sessionId: z.uuid() })
export const pageSessionOpened = event('page_session.opened', ofSession)
export const pageSessionClosed = event('page_session.closed', ofSession)
export const apiKeyCreated = event('api_key.created', z.object({ apiKeyId: z.uuid() }))
export const apiKeyRevoked = event('api_key.revoked', z.object({ apiKeyId: z.uuid() }))
export const effectsPauseChanged = event('effects.pause_changed', z.object({ paused: z.boolean() }))

/** Without a mailbox it is the whole workspace. */
export const shadowChanged = event('shadow.changed', z.object({ on: z.boolean(), mailboxId: z.uuid().nullable() }))

const setting = z.enum(Object.keys(SETTINGS) as [Setting, ...Setting[]])
/** What it was and became is kept sealed, in the row of the change. */
export const settingChanged = event('setting.changed', z.object({ setting, changeId: z.uuid() }))
