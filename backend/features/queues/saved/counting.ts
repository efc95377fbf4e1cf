import { COUNT_LIMIT } from '../../../../shared/queues.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { type Scene, taggedSql } from '../views/held.ts'
import { AWAKE, OPEN } from '../views/work.ts'
import { ASKED_OF_ROW, askedOfRows, matchesSql } from './asked.ts'
import { finished } from './filtering.ts'
import { kindsSql } from './kinds.ts'

const MOST = Prisma.raw(String(COUNT_LIMIT + 1))

/** The saved views that somebody sees: the workspace's and their own. */
export const seenSql = ({ workspaceId, me }: Scene): Prisma.Sql =>
  Prisma.sql`v.workspace_id = ${workspaceId}::uuid and (v.owner_id is null or v.owner_id = ${me}::uuid)`

/** JSON: how many tickets each saved view holds, by its id; each is read by the index that drives it. */
export function savedCountsSql(scene: Scene): Prisma.Sql {
  const count = (rows: Prisma.Sql) =>
    Prisma.sql`(select count(*)::int from (select from ${rows} limit ${MOST}) counted)`
  const of = (from: Prisma.Sql, where: Prisma.Sql) =>
    count(
      Prisma.sql`${from} where t.workspace_id = ${scene.workspaceId}::uuid and ${where} and ${matchesSql(ASKED_OF_ROW)}`,
    )
  const tickets = Prisma.sql`desk.ticket t`
  const tagged = taggedSql(scene.workspaceId, Prisma.sql`v.tag`)
  const work = Prisma.sql`${OPEN} and ${AWAKE}`
  return Prisma.sql`(select coalesce(json_object_agg(v.id, case v.drive
      when 'assignee' then ${of(tickets, Prisma.sql`${work} and t.assignee_id = ${ASKED_OF_ROW.owner_id}`)}
      when 'tag' then ${of(tagged, Prisma.sql`${work} and t.tags @> v.tags`)}
      when 'solved' then ${of(tickets, finished('solved'))}
      when 'closed' then ${of(tickets, finished('closed'))}
      else case when v.due_minutes is null then ${count(kindsSql(scene, ASKED_OF_ROW))} else ${of(tickets, work)} end end), '{}')
    from desk.saved_view v ${askedOfRows(scene)} where ${seenSql(scene)})`
}
