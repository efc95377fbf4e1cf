import { Prisma } from '../../../generated/prisma/client.ts'
import { seenSql } from '../saved/counting.ts'
import type { Scene } from './held.ts'

/** A saved view as a list of views names it. */
export type SeenView = { id: string; name: string; own: boolean }

/** JSON: the saved views that somebody can choose, the workspace's first. */
export const seenViewsSql = (scene: Scene): Prisma.Sql => Prisma.sql`(
  select coalesce(json_agg(json_build_object('id', v.id, 'name', v.name, 'own', v.owner_id is not null)
    order by v.owner_id nulls first, v.name), '[]')
  from desk.saved_view v where ${seenSql(scene)})`
