import type { Config } from '../../../config.ts'
import type { Ctx } from '../../../context.ts'
import type { Logger } from '../../../platform/log.ts'
import type { Metrics } from '../../../platform/metrics.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { lakeToRead } from '../lake/places/opening.ts'
import { BOUNDS, createReaders, type Readers } from './readers.ts'

type Meters = { log: Logger; metrics?: Metrics }

/** Whoever asks for figures in this process; nothing is opened before somebody does. @param ctx of the desk whose figures they are */
export const figureReaders = (config: Config, { log, metrics }: Meters, ctx?: () => Ctx): Readers =>
  createReaders(lakeToRead(config.lake, metrics ?? null), log, BOUNDS, ctx && ((id) => hasTickets(ctx(), id)))

const hasTickets = (ctx: Ctx, workspaceId: string): Promise<boolean> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => (await tx.ticket.findFirst({ where: { workspaceId }, select: { id: true } })) !== null,
    { reads: true },
  )
