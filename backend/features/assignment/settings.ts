import { AssignmentMode, type AssignmentSettings } from '../../../shared/assignment.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { noteChange } from '../settings/index.ts'
import { wakeGiving } from './queueing.ts'
import { forgetWaiting, wantOwners } from './waiting.ts'

const DEFAULT_SETTINGS: AssignmentSettings = { mode: 'off', capacity: 20, sameAgent: true }

export async function assignmentSettingsIn(tx: Tx): Promise<AssignmentSettings> {
  const row = await tx.assignmentSetting.findUnique({ where: { workspaceId: tx.workspaceId } })
  if (!row) return DEFAULT_SETTINGS
  const { capacity, sameAgent } = row
  return { mode: AssignmentMode.parse(row.mode), capacity, sameAgent }
}

/** Turned on, it gives what nobody has by then; turned off, nothing waits for it any more. */
export async function writeAssignmentSettingsIn(
  tx: Tx,
  box: Box,
  settings: AssignmentSettings,
  by: Actor,
): Promise<AssignmentSettings> {
  const before = await assignmentSettingsIn(tx)
  const { workspaceId, now } = tx
  const row = { ...settings, updatedAt: now }
  await tx.assignmentSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
  await noteChange(tx, box, { setting: 'assignment', before, after: settings, by })
  if (settings.mode === 'off') await forgetWaiting(tx)
  else if (before.mode === 'off') await wantOwners(tx, null)
  await wakeGiving(tx)
  return settings
}
