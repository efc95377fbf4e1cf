import type { Work } from '../../../shared/workforce.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { askWorkspace } from '../../platform/asking.ts'
import { presentWork, type WorkRow, workSql } from '../workforce/index.ts'
import type { Clock } from './panel/clock.ts'

/** By which clock somebody reads, and how their work stands; null for who does not work on tickets. */
export type Place = { clock: Clock; work: Work | null }

type Row = { zone: string; work: WorkRow | null }

/** One trip, for every page of the desk. */
export async function placeOf(ctx: Ctx, { id, workspaceId }: StaffActor): Promise<Place> {
  const now = ctx.clock.now()
  const sql = Prisma.sql`
    select w.time_zone as zone, ${workSql(Prisma.sql`w.workspace_id`, id)} as work
    from desk.workspace w where w.workspace_id = ${workspaceId}::uuid`
  const [row] = await askWorkspace<Row>(ctx, workspaceId, sql)
  if (!row) throw new Error(`There is no workspace ${workspaceId}`)
  return { clock: { zone: row.zone, now }, work: row.work && presentWork(row.work) }
}
