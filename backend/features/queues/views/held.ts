import { Prisma } from '../../../generated/prisma/client.ts'
import { isDueFirst, type Order, taggedDueFirst } from './orders.ts'
import { AWAKE, OPEN } from './work.ts'

/** For whom and when a list is read. */
export type Scene = { workspaceId: string; me: string | null; now: Date }

/** What a list holds, word for word as its partial index says, and the order of that index. */
export type Held = {
  where: Prisma.Sql
  order: Order
  /** Every ticket with this tag, and nothing else to be compared: read by the rows of the tag alone. */
  tag?: string
  /** Where the rows are walked through, and in which columns of it, if not tickets in their order. */
  through?: { from: Prisma.Sql; order: Order }
  /** The same tickets in no order, found quickly where they are few among many. */
  kinds?: Prisma.Sql
}

/** The tag's own rows first, in their order, then their tickets: OFFSET 0 keeps PostgreSQL from beginning with all open work. */
export const taggedSql = (workspaceId: string, tag: Prisma.Sql): Prisma.Sql => Prisma.sql`
  (select g.ticket_id, g.due_at, g.queue_at from desk.ticket_tag g where g.workspace_id = ${workspaceId}::uuid and g.tag = ${tag}
    order by g.due_at, g.queue_at, g.ticket_id offset 0) g
  join desk.ticket t on t.workspace_id = ${workspaceId}::uuid and t.id = g.ticket_id`

/** Some of the open tickets with a tag, by the rows that the database keeps of it. @param and what they must be besides */
export const taggedHeld = ({ workspaceId }: Scene, tag: string, and: Prisma.Sql, order: Order): Held => ({
  where: Prisma.sql`${OPEN} and ${AWAKE} and ${and}`,
  order,
  through: { from: taggedSql(workspaceId, Prisma.sql`${tag}`), order: isDueFirst(order) ? taggedDueFirst : order },
})
