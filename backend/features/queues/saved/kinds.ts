import { Prisma } from '../../../generated/prisma/client.ts'
import type { Scene } from '../views/held.ts'
import { AWAKE, OPEN } from '../views/work.ts'
import { type Asked, restSql } from './asked.ts'

/**
 * Open tickets that a saved view asks for, one priority, channel and status after the other, in no order: what few tickets are is found
 * without reading the others. OFFSET 0 keeps PostgreSQL from beginning with all open work, IS TRUE from choosing an index by the rest.
 */
export const kindsSql = ({ workspaceId }: Scene, asked: Asked): Prisma.Sql => Prisma.sql`
  unnest(${asked.some_priorities}) kp (priority) cross join unnest(${asked.some_channels}) kc (channel)
  cross join unnest(${asked.some_statuses}) ks (status) cross join lateral (
    select t.id from desk.ticket t where t.workspace_id = ${workspaceId}::uuid and ${OPEN} and ${AWAKE}
      and t.priority = kp.priority and t.channel = kc.channel and t.status = ks.status and (${restSql(asked)}) is true offset 0) t`
