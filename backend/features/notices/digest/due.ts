import { DEFAULT_DIGEST_HOUR } from '../../../../shared/notices.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { quietSql } from '../choosing/quiet.ts'
import { lastDigests } from './times.ts'

type Asking = Pick<Tx, 'workspaceId' | 'now'>

/** Of `n`, a notice that waits, and `h`, when its person is told: whether it may wait no longer. */
const isDue = (digests: readonly Date[]): Prisma.Sql => Prisma.sql`
  (n.waits = 'quiet' or n.created_at < (${digests.map((at) => at.toISOString())}::timestamptz[])[coalesce(h.digest_hour, ${DEFAULT_DIGEST_HOUR}::int) + 1])`

/** Whom something waits for that is due, and who is not left alone right now. */
export const dueSql = ({ workspaceId, now }: Asking, digests: readonly Date[]): Prisma.Sql => Prisma.sql`
  select distinct n.staff_id::text as "staffId" from desk.notice n
  join desk.staff s on s.workspace_id = n.workspace_id and s.id = n.staff_id
  left join desk.notice_times h on h.workspace_id = s.workspace_id and h.staff_id = s.id
  where n.workspace_id = ${workspaceId}::uuid and n.waits is not null and s.state <> 'deactivated'
    and ${isDue(digests)} and not ${quietSql(now)}`

const MOST = 500

/** Takes what is due of one person out of waiting, the oldest first; nobody else takes it as well. */
export const takeSql = (
  { workspaceId, now }: Asking,
  staffId: string,
  digests: readonly Date[],
): Prisma.Sql => Prisma.sql`
  with due as materialized (
    select n.workspace_id, n.id, n.kind, n.content, n.created_at, s.email, n.waits from desk.notice n
    join desk.staff s on s.workspace_id = n.workspace_id and s.id = n.staff_id
    left join desk.notice_times h on h.workspace_id = s.workspace_id and h.staff_id = s.id
    where n.workspace_id = ${workspaceId}::uuid and n.staff_id = ${staffId}::uuid and n.waits is not null and s.state <> 'deactivated'
      and ${isDue(digests)} and not ${quietSql(now)}
    order by n.created_at, n.id limit ${MOST} for update of n)
  update desk.notice n set waits = null, content = null from due
  where n.workspace_id = due.workspace_id and n.id = due.id
  returning due.id::text, due.kind, due.content, due.created_at as "createdAt", due.email, due.waits`

export const digestsOf = async (tx: Tx): Promise<Date[]> => lastDigests(await zoneOf(tx), tx.now)
