import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { offDutySql } from '../../workforce/index.ts'

/**
 * Whether somebody is to be left alone at an instant: they have shifts and are in none, are not logged in, and did not choose to be told
 * all the same. An expression about a row `s` of staff with `h`, its row of notice_times or nulls.
 */
export const quietSql = (now: Date): Prisma.Sql => Prisma.sql`(coalesce(h.quiet, true) and ${offDutySql(now)})`

/** The same of one person, now. */
export async function isQuietFor(tx: Tx, staffId: string): Promise<boolean> {
  const { workspaceId, now } = tx
  const [row] = await tx.$queryRaw<{ quiet: boolean }[]>`
    select ${quietSql(now)} as quiet from desk.staff s
    left join desk.notice_times h on h.workspace_id = s.workspace_id and h.staff_id = s.id
    where s.workspace_id = ${workspaceId}::uuid and s.id = ${staffId}::uuid and s.state <> 'deactivated'`
  return row?.quiet ?? false
}

/** What was on its way when somebody's shift ended waits for the next one. */
export class ShiftIsOver extends Error {
  override name = 'ShiftIsOver'
}

/** @throws ShiftIsOver */
export async function refuseQuiet(ctx: Ctx, workspaceId: string, staffId: string): Promise<void> {
  if (await inWorkspace(ctx, workspaceId, (tx) => isQuietFor(tx, staffId), { reads: true }))
    throw new ShiftIsOver('The shift of this person is over; it waits for the next one.')
}
