import type { ClaimSettings } from '../../../shared/claims.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { claimSettingsWritten } from './events.ts'

const DEFAULT_MINUTES = 10

/** Minutes that a claim lives, as an expression inside a statement of one workspace. */
export const minutesSql = (workspaceId: string): Prisma.Sql => Prisma.sql`
  coalesce((select minutes from desk.claim_setting where workspace_id = ${workspaceId}::uuid), ${DEFAULT_MINUTES}::int)::int`

export async function claimSettingsIn(tx: Tx): Promise<ClaimSettings> {
  const row = await tx.claimSetting.findUnique({ where: { workspaceId: tx.workspaceId } })
  return { minutes: row?.minutes ?? DEFAULT_MINUTES }
}

export async function writeClaimSettingsIn(tx: Tx, { minutes }: ClaimSettings, by: Actor): Promise<ClaimSettings> {
  const before = await claimSettingsIn(tx)
  if (before.minutes === minutes) return before
  const { workspaceId, now } = tx
  const row = { minutes, updatedAt: now }
  await tx.claimSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
  await record(tx, [claimSettingsWritten({ minutes, before: before.minutes, by })])
  return { minutes }
}
