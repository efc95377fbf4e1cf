import type { WorkSettings } from '../../../shared/workforce.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { noteChange } from '../settings/index.ts'
import { workRequirementChanged } from './events.ts'

export const DEFAULT_WORK_SETTINGS: WorkSettings = { graceMinutes: 30, longestMinutes: 12 * 60, required: false }

/** Minutes of a setting, as an expression inside a statement of one workspace. */
export const minutesSql = (workspaceId: string, name: 'grace' | 'longest'): Prisma.Sql => Prisma.sql`
  coalesce((select ${Prisma.raw(name)}_minutes from desk.workforce_setting where workspace_id = ${workspaceId}::uuid), ${DEFAULT_WORK_SETTINGS[`${name}Minutes`]}::int)::int`

export async function workSettingsIn(tx: Tx): Promise<WorkSettings> {
  const row = await tx.workforceSetting.findUnique({ where: { workspaceId: tx.workspaceId } })
  if (!row) return DEFAULT_WORK_SETTINGS
  const { graceMinutes, longestMinutes, required } = row
  return { graceMinutes, longestMinutes, required }
}

export async function writeWorkSettingsIn(tx: Tx, box: Box, settings: WorkSettings, by: Actor): Promise<WorkSettings> {
  const { workspaceId, now } = tx
  const before = await workSettingsIn(tx)
  const row = { ...settings, updatedAt: now }
  await tx.workforceSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
  await noteChange(tx, box, { setting: 'work_times', before, after: settings, by })
  if (before.required !== settings.required)
    await record(tx, [workRequirementChanged({ required: settings.required, by })])
  return settings
}
