import { Prisma } from '../../../generated/prisma/client.ts'

// Word for word as the views of `queues` and their partial indexes say; `queues` cannot be asked, because it knows intake by way of notices.

/** Open work. */
export const OPEN = Prisma.sql`t.status in ('new', 'open', 'pending', 'on_hold') and t.void_reason is null`

export const AWAKE = Prisma.sql`t.snoozed_until is null`

/** SQL: until when something is «due next», as the workspace set it. */
export const dueNextSql = (workspaceId: string, now: Date): Prisma.Sql =>
  Prisma.sql`(select ${now}::timestamptz + make_interval(mins => coalesce((select q.due_next_minutes from desk.queue_setting q
    where q.workspace_id = ${workspaceId}::uuid), 240)))`
