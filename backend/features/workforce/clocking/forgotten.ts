import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/** Word for word as its index says. */
const NOT_LOOKED_AT = Prisma.sql`w.ended_how = 'forgotten' and w.corrected_at is null`

const MOST_COUNTED = Prisma.raw('1001')

/** How many log-outs were forgotten that nobody has looked at since; counted up to 1,001. */
export const forgottenCountSql = (workspaceId: string): Prisma.Sql => Prisma.sql`(
  select count(*)::int from (
    select from desk.work_session w where w.workspace_id = ${workspaceId}::uuid and ${NOT_LOOKED_AT} limit ${MOST_COUNTED}) counted)`

/** Work that nobody logged out of, as long as nobody has looked at it. */
export type Forgotten = {
  id: string
  staffId: string
  name: string
  startedAt: Date
  endedAt: Date
  version: number
}

/** The newest of them. Exported so that a test can look at its plan. */
export const forgottenSql = (workspaceId: string, limit: number): Prisma.Sql => Prisma.sql`
  select w.id::text, w.staff_id::text as "staffId", s.name, w.started_at as "startedAt", w.ended_at as "endedAt", w.version
  from (select * from desk.work_session w where w.workspace_id = ${workspaceId}::uuid and ${NOT_LOOKED_AT}
    order by w.ended_at desc, w.id desc limit ${limit}) w
  join desk.staff s on s.workspace_id = w.workspace_id and s.id = w.staff_id
  order by w.ended_at desc, w.id desc`

export const forgottenIn = (tx: Tx, limit: number): Promise<Forgotten[]> =>
  tx.$queryRaw<Forgotten[]>(forgottenSql(tx.workspaceId, limit))
