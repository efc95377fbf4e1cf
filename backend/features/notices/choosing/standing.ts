import type { NoticeKind } from '../../../../shared/notices.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { Standing } from './going.ts'
import { quietSql } from './quiet.ts'

/** Somebody for whom a notice is, and the id that it has for them. */
export type Addressed = { staffId: string; noticeId: string }

type Row = Addressed & Standing & { email: string }

/**
 * How those stand who were not told yet, in one statement. A mail that was written before there were rows of notices bears the id that
 * its notice would have.
 */
export const standingSql = (
  { workspaceId, now }: Pick<Tx, 'workspaceId' | 'now'>,
  kind: NoticeKind,
  people: readonly Addressed[],
): Prisma.Sql => Prisma.sql`
  select s.id::text as "staffId", told.id::text as "noticeId", s.email, c.way, ${quietSql(now)} as quiet,
    exists (select from desk.push_subscription u where u.workspace_id = s.workspace_id and u.staff_id = s.id) as "canPush"
  from unnest(${people.map(({ staffId }) => staffId)}::uuid[], ${people.map(({ noticeId }) => noticeId)}::uuid[]) as told (staff_id, id)
  join desk.staff s on s.workspace_id = ${workspaceId}::uuid and s.id = told.staff_id
  left join desk.notice_choice c on c.workspace_id = s.workspace_id and c.staff_id = s.id and c.kind = ${kind}
  left join desk.notice_times h on h.workspace_id = s.workspace_id and h.staff_id = s.id
  where not exists (select from desk.journal_entry j where j.workspace_id = s.workspace_id and j.id = told.id)
    and not exists (select from desk.notice n where n.workspace_id = s.workspace_id and n.id = told.id)`

export const standingOf = (tx: Tx, kind: NoticeKind, people: readonly Addressed[]): Promise<Row[]> =>
  tx.$queryRaw<Row[]>(standingSql(tx, kind, people))
