import { Prisma } from '../../../generated/prisma/client.ts'
import type { Actor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { actionHandedOn } from '../events.ts'
import { keptBySql } from '../showing/running-actions.ts'

type Hands = { ticketIds: readonly string[]; fromId: string; toId: string }

/**
 * Open actions of tickets are looked after by somebody else from now on. Who confirmed them stays who did: limits and approvals count
 * for them.
 */
export async function handActionsOn(tx: Tx, { ticketIds, fromId, toId }: Hands, by: Actor): Promise<void> {
  const handed = await tx.$queryRaw<{ actionId: string; ticketId: string }[]>`
    update desk.combined_action ca set keeper_id = ${toId}::uuid, version = version + 1
    where ca.workspace_id = ${tx.workspaceId}::uuid and ca.ticket_id = any(${ticketIds}::uuid[]) and ${keptBySql(Prisma.sql`${fromId}::uuid`)}
    returning ca.id::text as "actionId", ca.ticket_id::text as "ticketId"`
  await record(
    tx,
    handed.map((one) => actionHandedOn({ ...one, fromId, toId, by })),
  )
}
