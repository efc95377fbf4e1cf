import type { ClaimSettings } from '../../../shared/claims.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { noteChange } from '../settings/index.ts'

const DEFAULT_MINUTES = 10

/** Minutes that a claim lives, as an expression inside a statement of one workspace. */
export const minutesSql = (workspaceId: string): Prisma.Sql => Prisma.sql`
  coalesce((select minutes from desk.claim_setting where workspace_id = ${workspaceId}::uuid), ${DEFAULT_MINUTES}::int)::int`

export async function claimSettingsIn(tx: Tx): Promise<ClaimSettings> {
  const row = await tx.claimSetting.findUnique({ where: { workspaceId: tx.workspaceId } })
  return { minutes: row?.minutes ?? DEFAULT_MINUTES }
}

export async function writeClaimSettingsIn(
  tx: Tx,
  box: Box,
  { minutes }: ClaimSettings,
  by: Actor,
): Promise<ClaimSettings> {
  const before = await claimSettingsIn(tx)
  const { workspaceId, now } = tx
  const row = { minutes, updatedAt: now }
  await tx.claimSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
  await noteChange(tx, box, { setting: 'claims', before, after: { minutes }, by })
  return { minutes }
}
