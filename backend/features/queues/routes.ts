import { COUNT_LIMIT, getQueue } from '../../../shared/queues.ts'
import { listTickets, TicketView } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { parse } from '../../platform/http.ts'
import { route } from '../../platform/route.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { presentRunning, type RunningRow, runningSql } from '../combined-actions/index.ts'
import { countViews, listView } from './listing.ts'

export const queueRoutes = [
  route(listTickets, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listView(ctx, tx, { ...query, me: actor.id }), { reads: true }),
  ),
  route(getQueue, (ctx: Ctx, { params, query, actor }) =>
    inWorkspace(
      ctx,
      actor.workspaceId,
      async (tx) => {
        const view = parse(TicketView, params.view, 'path.view')
        const { name } = await tx.workspace.findUniqueOrThrow({
          where: { workspaceId: tx.workspaceId },
          select: { name: true },
        })
        const page = await listView(ctx, tx, { ...query, view, me: actor.id })
        const counts = await countViews(tx, actor.id, COUNT_LIMIT)
        const me = { id: actor.id ?? actor.workspaceId, name: actor.name }
        return { view, counts, ...page, me, workspace: name, running: await runningOf(ctx, tx, actor.id) }
      },
      { reads: true },
    ),
  ),
]

async function runningOf(ctx: Ctx, tx: Tx, me: string | null) {
  const [row] = await tx.$queryRaw<{ running: RunningRow[] }[]>(
    Prisma.sql`select ${runningSql(Prisma.sql`${tx.workspaceId}::uuid`, me)} as running`,
  )
  return presentRunning(await ctx.keyring.box(tx), row?.running ?? [], tx.now)
}
