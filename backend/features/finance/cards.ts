import type { Ctx } from '../../context.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { bookSteps } from './booking.ts'
import { bookDeactivation, bookReissue } from './changing.ts'

type Given = { stepId: string; last: string; minor: bigint; isFirst: boolean }

/** A card was taken back. Cards that no action gave are in no books. */
export const bookTakenBack = (ctx: Ctx, workspaceId: string, issueId: string, leftMinor: number): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const given = await stepOf(tx, issueId)
    if (!given) return
    const box = await ctx.keyring.box(tx)
    await bookSteps(tx, box, [given.stepId])
    await bookDeactivation(tx, box, given.stepId, { issueId, last: given.last, minor: leftMinor })
  })

/** A card was issued: the first one of a step is booked with it, one that replaces another is a change. */
export const bookReplacement = (ctx: Ctx, workspaceId: string, issueId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const given = await stepOf(tx, issueId)
    if (!given || given.isFirst) return
    const box = await ctx.keyring.box(tx)
    await bookSteps(tx, box, [given.stepId])
    await bookReissue(tx, box, given.stepId, { issueId, last: given.last, minor: Number(given.minor) })
  })

async function stepOf(tx: Tx, issueId: string): Promise<Given | null> {
  const [row] = await tx.$queryRaw<Given[]>`
    select s.id::text as "stepId", g.last, g.minor, s.source is not distinct from 'gift_card/' || g.shopify_id as "isFirst"
    from desk.gift_card_issue g
    join desk.action_step s on s.workspace_id = g.workspace_id and s.action_id = g.action_id and s.kind = 'gift_card' and s.state = 'done'
    where g.workspace_id = ${tx.workspaceId}::uuid and g.id = ${issueId}::uuid`
  return row ?? null
}
