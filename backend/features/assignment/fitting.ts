import { Prisma } from '../../generated/prisma/client.ts'

/** Two letters: what a tag of ticket `t` says, like `lang:de`, else what the ticket knows; null when nobody is sure. */
const LANGUAGE = Prisma.sql`coalesce((select substr(tag, 6) from unnest(t.tags) tag where tag like 'lang:__' limit 1), t.language)`

/** Tags that somebody lists as a skill; whoever left lists nothing. */
const skillTags = (workspaceId: string): Prisma.Sql => Prisma.sql`(
  select coalesce(array_agg(distinct tag), '{}') from desk.agent_profile q
  join desk.staff o on o.workspace_id = q.workspace_id and o.id = q.staff_id and o.state <> 'deactivated'
  cross join unnest(q.tags) tag where q.workspace_id = ${workspaceId}::uuid)`

/** Whether ticket `t` is for somebody with profile `p`, who may have none; the one statement of that rule. */
export const fitsSql = (workspaceId: string): Prisma.Sql => Prisma.sql`(
  (coalesce(cardinality(p.categories), 0) = 0 or t.category is null or t.category = 'other' or lower(t.category) = any(p.categories))
  and (coalesce(cardinality(p.languages), 0) = 0 or ${LANGUAGE} is null or ${LANGUAGE} = any(p.languages))
  and not exists (select from unnest(t.tags) tag where tag = any(${skillTags(workspaceId)}::text[]) and not tag = any(coalesce(p.tags, '{}'))))`

/** How many skills of profile `p` name ticket `t`. */
export const MATCHES = Prisma.sql`(
  (lower(t.category) = any(p.categories) is true)::int + (${LANGUAGE} = any(p.languages) is true)::int
  + (select count(*)::int from unnest(t.tags) tag where tag = any(p.tags)))`
