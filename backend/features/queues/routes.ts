import { COUNT_LIMIT, getQueue } from '../../../shared/queues.ts'
import { TicketView } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import { parse } from '../../platform/http.ts'
import { route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { countViews, listView } from '../tickets/index.ts'

export const queueRoutes = [
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
        return { view, counts, ...page, me: { id: actor.id ?? actor.workspaceId, name: actor.name }, workspace: name }
      },
      { reads: true },
    ),
  ),
]
