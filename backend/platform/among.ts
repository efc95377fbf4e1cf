import { Prisma } from '../generated/prisma/client.ts'
import type { Workspaces } from './schedule.ts'

const WORKSPACE = Prisma.raw('$1::uuid')
const AT = Prisma.raw('$2::timestamptz')

/** Asked in one workspace, under its policies. It may hold of too many workspaces, never of too few. */
type Question = (workspaceId: Prisma.Sql, at: Prisma.Sql) => Prisma.Sql

/**
 * Spares workspaces the recurring work that would find nothing to do: all of them are asked in one trip, where a job for each takes a
 * transaction and several trips.
 * @param question a condition made of the two, without values of its own
 * @throws Error when it has values
 */
export function workspacesWhere(question: Question): Workspaces {
  const condition = question(WORKSPACE, AT)
  if (condition.values.length > 0) throw new Error('A question to all workspaces has values of its own')
  const text = `select ${condition.sql}`
  return async ({ db, clock }) => {
    const rows = await db.$queryRaw<
      { id: string }[]
    >`select id::text from app.workspaces_where(${text}, ${clock.now()}) as id`
    return rows.map(({ id }) => id)
  }
}
