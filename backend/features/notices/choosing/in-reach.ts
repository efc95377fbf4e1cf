import { LEADS } from '../../../../shared/roles.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { Recipient } from '../recipients.ts'
import { quietSql } from './quiet.ts'

type Asking = Pick<Tx, 'workspaceId' | 'now'>
type Row = Recipient & { role: string }

const MOST = 50

/** Who is not left alone right now, of those of whom a condition about `s`, a row of staff, holds. */
export const inReachSql = ({ workspaceId, now }: Asking, which: Prisma.Sql): Prisma.Sql => Prisma.sql`
  select s.id::text, s.role from desk.staff s
  left join desk.notice_times h on h.workspace_id = s.workspace_id and h.staff_id = s.id
  where s.workspace_id = ${workspaceId}::uuid and s.state <> 'deactivated' and ${which} and not ${quietSql(now)}
  order by s.id limit ${MOST}`

/** Whether anybody of these people is told at once what comes now. */
export async function anyInReach(tx: Tx, people: readonly Recipient[]): Promise<boolean> {
  const ids = people.map(({ id }) => id)
  return (await tx.$queryRaw<Row[]>(inReachSql(tx, Prisma.sql`s.id = any(${ids}::uuid[])`))).length > 0
}

/** Who answers for the team and is told at once what comes now: supervisors, or else admins. */
export async function leadsInReach(tx: Tx): Promise<Recipient[]> {
  const leads = await tx.$queryRaw<Row[]>(inReachSql(tx, Prisma.sql`s.role = any(${[...LEADS]}::text[])`))
  const supervisors = leads.filter(({ role }) => role === 'supervisor')
  return supervisors.length > 0 ? supervisors : leads
}
