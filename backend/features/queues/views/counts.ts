import { COUNT_LIMIT, OPEN_STATUSES, type QueueCounts, type QueueName } from '../../../../shared/queues.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { savedCountsSql } from '../saved/counting.ts'
import type { Scene } from './held.ts'
import { heldBy, type Wanted } from './views.ts'
import { AWAKE, OPEN } from './work.ts'

/** Views that hold the same for everybody. */
const SHARED = ['unassigned', 'breaching', 'unanswered', 'open', 'snoozed', 'spam', 'thanks', 'solved'] as const

/** Views that hold something else for each person. */
const OWN = ['mine', 'mentions'] as const

/** Counts that everybody in a workspace sees alike. */
export type SharedCounts = Omit<QueueCounts, (typeof OWN)[number] | 'saved'>
export type OwnCounts = Omit<QueueCounts, keyof SharedCounts>

/** Of categories and of tags, so many are named. */
const NAMED = 20

const MOST = Prisma.raw(String(COUNT_LIMIT + 1))

/** JSON: how many tickets each view of the workspace holds, each counted up to one more than the limit. */
export const sharedCountsSql = (scene: Scene): Prisma.Sql => Prisma.sql`json_build_object(
  ${counted(SHARED, scene)},
  'statuses', json_build_object(${Prisma.join(
    OPEN_STATUSES.map((of) => Prisma.sql`${Prisma.raw(`'${of}'`)}, ${countSql({ view: 'status', of }, scene)}`),
  )}),
  'categories', ${categoriesSql(scene)}, 'tags', ${tagsSql(scene)})`

/** JSON: the same for views of one person. */
export const ownCountsSql = (scene: Scene): Prisma.Sql =>
  Prisma.sql`json_build_object(${counted(OWN, scene)}, 'saved', ${savedCountsSql(scene)})`

const counted = (views: readonly QueueName[], scene: Scene): Prisma.Sql =>
  Prisma.join(views.map((view) => Prisma.sql`${Prisma.raw(`'${view}'`)}, ${countSql({ view, of: null }, scene)}`))

/** How many tickets one view holds, counted up to one more than the limit. */
export function countSql(wanted: Wanted, scene: Scene): Prisma.Sql {
  const { where, through } = heldBy(wanted, scene)
  return Prisma.sql`(select count(*)::int from (
    select from ${through?.from ?? Prisma.sql`desk.ticket t`} where t.workspace_id = ${scene.workspaceId}::uuid and ${where} limit ${MOST}) counted)`
}

/** The categories that open work has, found by stepping through their index, and how many each. */
const categoriesSql = ({ workspaceId }: Scene): Prisma.Sql => Prisma.sql`(
  with recursive named (category, n) as (
    (select t.category, 1 from desk.ticket t where t.workspace_id = ${workspaceId}::uuid and ${OPEN} and t.category is not null
      order by t.category limit 1)
    union all
    select (select t.category from desk.ticket t where t.workspace_id = ${workspaceId}::uuid and ${OPEN} and t.category is not null
      and t.category > named.category order by t.category limit 1), n + 1
    from named where named.category is not null and n < ${Prisma.raw(String(NAMED))})
  select coalesce(json_object_agg(named.category, (select count(*)::int from (
      select from desk.ticket t where t.workspace_id = ${workspaceId}::uuid and ${OPEN} and ${AWAKE} and t.category = named.category limit ${MOST}) counted)), '{}')
  from named where named.category is not null)`

/** The same for tags, by the rows that are kept of them. */
const tagsSql = ({ workspaceId }: Scene): Prisma.Sql => Prisma.sql`(
  with recursive named (tag, n) as (
    (select g.tag, 1 from desk.ticket_tag g where g.workspace_id = ${workspaceId}::uuid order by g.tag limit 1)
    union all
    select (select g.tag from desk.ticket_tag g where g.workspace_id = ${workspaceId}::uuid and g.tag > named.tag order by g.tag limit 1), n + 1
    from named where named.tag is not null and n < ${Prisma.raw(String(NAMED))})
  select coalesce(json_object_agg(named.tag, (select count(*)::int from (
      select from desk.ticket_tag g where g.workspace_id = ${workspaceId}::uuid and g.tag = named.tag limit ${MOST}) counted)), '{}')
  from named where named.tag is not null)`

/** A count as people read it. */
export const inWords = (count: number): string => (count > COUNT_LIMIT ? `${COUNT_LIMIT}+` : String(count))
