import type { Config } from '../../../config.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Logger } from '../../../platform/log.ts'
import type { Metrics } from '../../../platform/metrics.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { lakeToRead } from '../lake/places/opening.ts'
import { BOUNDS, createReaders, type Readers } from './readers.ts'

type Meters = { log: Logger; metrics?: Metrics }

/** Whoever asks for figures in this process; nothing is opened before somebody does. @param ctx of the desk whose figures they are */
export const figureReaders = (config: Config, { log, metrics }: Meters, ctx?: () => Ctx): Readers =>
  createReaders(
    lakeToRead(config.lake, metrics ?? null),
    log,
    BOUNDS,
    ctx && ((workspaceId, seen) => hasNewTickets(ctx(), workspaceId, seen)),
  )

const hasNewTickets = (ctx: Ctx, workspaceId: string, seen: string): Promise<boolean> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => (await tx.$queryRaw<{ are: boolean }[]>(newTicketsSql(workspaceId, seen)))[0]?.are === true,
    { reads: true },
  )

/** Whether there are tickets that count and that a lake did not see. Most of a long history may count nothing. @param seen the snapshot of that lake */
export const newTicketsSql = (workspaceId: string, seen: string): Prisma.Sql => Prisma.sql`
  select exists (select from desk.event e where e.workspace_id = ${workspaceId}::uuid
    and e.row_xid >= pg_snapshot_xmin(${seen}::pg_snapshot) and not pg_visible_in_snapshot(e.row_xid, ${seen}::pg_snapshot)
    and e.type = 'ticket.created' and (not e.historical or coalesce((e.payload->>'counted')::boolean, false))) as are`
