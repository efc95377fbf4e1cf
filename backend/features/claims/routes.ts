import {
  claimTakeoverCard,
  claimTicket,
  getClaim,
  getClaimSettings,
  releaseTicket,
  writeClaimSettings,
} from '../../../shared/claims.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { DeskError } from '../../platform/errors.ts'
import { route } from '../../platform/route.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { personOf } from '../combined-actions/index.ts'
import { viewTicket } from '../tickets/index.ts'
import { takeoverCard } from './card.ts'
import { type ClaimRow, claimSql, openClaimOf, presentClaim } from './holding.ts'
import { release } from './releasing.ts'
import { claimSettingsIn, writeClaimSettingsIn } from './settings.ts'
import { claim } from './taking.ts'

export const claimRoutes = [
  route(getClaim, (ctx: Ctx, { params, actor }) =>
    inWorkspace(
      ctx,
      actor.workspaceId,
      async (tx) => {
        const row = await claimOfTicket(tx, params.ticketId)
        return { claim: row && presentClaim(row) }
      },
      { reads: true },
    ),
  ),
  route(claimTicket, async (ctx: Ctx, { params, body, actor }) => {
    await claim(ctx, params.ticketId, body, personOf(actor))
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(releaseTicket, async (ctx: Ctx, { params, actor }) => {
    await release(ctx, params.ticketId, personOf(actor))
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(claimTakeoverCard, (ctx: Ctx, { params, actor }) =>
    inWorkspace(
      ctx,
      actor.workspaceId,
      async (tx) => {
        await claimOfTicket(tx, params.ticketId)
        const open = await openClaimOf(tx, params.ticketId)
        const lives = open !== null && open.until > tx.now && open.staffId !== actor.id
        return takeoverCard(params.ticketId, lives ? open : null)
      },
      { reads: true },
    ),
  ),
  route(getClaimSettings, (ctx: Ctx, { actor }) =>
    inWorkspace(ctx, actor.workspaceId, claimSettingsIn, { reads: true }),
  ),
  route(writeClaimSettings, (ctx: Ctx, { body, actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => writeClaimSettingsIn(tx, await ctx.keyring.box(tx), body, actor)),
  ),
]

/** @throws DeskError not_found without such a ticket */
async function claimOfTicket(tx: Tx, ticketId: string): Promise<ClaimRow | null> {
  const [row] = await tx.$queryRaw<{ claim: ClaimRow | null }[]>(Prisma.sql`
    select (${claimSql(tx.now)}) as claim from desk.ticket t where t.workspace_id = ${tx.workspaceId}::uuid and t.id = ${ticketId}::uuid`)
  if (!row) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  return row.claim
}
