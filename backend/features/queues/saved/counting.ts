import { COUNT_LIMIT } from '../../../../shared/queues.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Scene } from '../views/held.ts'
import { AWAKE, OPEN } from '../views/work.ts'
import { ASKED_OF_ROW, finished, matchesSql, ownerSql, sinceSql } from './filtering.ts'

const MOST = Prisma.raw(String(COUNT_LIMIT + 1))

/** The saved views that somebody sees: the workspace's and their own. */
export const seenSql = ({ workspaceId, me }: Scene): Prisma.Sql =>
  Prisma.sql`v.workspace_id = ${workspaceId}::uuid and (v.owner_id is null or v.owner_id = ${me}::uuid)`

/** JSON: how many tickets each saved view holds, by its id; each is read by the index that drives it. */
export function savedCountsSql(scene: Scene): Prisma.Sql {
  const of = (from: Prisma.Sql, where: Prisma.Sql) => Prisma.sql`(select count(*)::int from (
    select from ${from} where t.workspace_id = ${scene.workspaceId}::uuid and ${where} and ${matchesSql(ASKED_OF_ROW, scene)} limit ${MOST}) counted)`
  const tickets = Prisma.sql`desk.ticket t`
  const tagged = Prisma.sql`desk.ticket_tag g join desk.ticket t on t.workspace_id = g.workspace_id and t.id = g.ticket_id`
  const work = Prisma.sql`${OPEN} and ${AWAKE}`
  return Prisma.sql`(select coalesce(json_object_agg(v.id, case v.drive
      when 'assignee' then ${of(tickets, Prisma.sql`${work} and t.assignee_id = ${ownerSql(ASKED_OF_ROW, scene)}`)}
      when 'tag' then ${of(tagged, Prisma.sql`g.workspace_id = ${scene.workspaceId}::uuid and g.tag = v.tag and ${work}`)}
      when 'solved' then ${of(tickets, Prisma.sql`${finished('solved')} and ${sinceSql(ASKED_OF_ROW, scene)}`)}
      when 'closed' then ${of(tickets, Prisma.sql`${finished('closed')} and ${sinceSql(ASKED_OF_ROW, scene)}`)}
      else ${of(tickets, work)} end), '{}')
    from desk.saved_view v where ${seenSql(scene)})`
}
