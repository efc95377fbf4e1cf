import type { AgentStanding, AssignmentMode } from '../../../shared/assignment.ts'
import { PEOPLE_AT_WORK } from '../../../shared/roles.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { offShiftSql } from '../workforce/index.ts'
import { LOAD } from './loads.ts'
import { assignmentSettingsIn } from './settings.ts'

type Row = {
  id: string
  name: string
  available: boolean
  onBreak: boolean
  offShift: boolean
  saidAt: Date | null
  load: number
  capacity: number | null
  categories: string[]
  languages: string[]
  tags: string[]
}

const MOST = 500

/** Everybody who works on tickets, by name. @param only one of them */
export async function agentsIn(tx: Tx, only?: string): Promise<AgentStanding[]> {
  const { capacity } = await assignmentSettingsIn(tx)
  const rows = await tx.$queryRaw<Row[]>`
    select s.id::text, s.name, coalesce(p.available, false) as available, coalesce(p.on_break, false) as "onBreak", ${offShiftSql(tx.now)} as "offShift",
      p.said_at as "saidAt", p.capacity::int, ${LOAD} as load,
      coalesce(p.categories, '{}') as categories, coalesce(p.languages, '{}') as languages, coalesce(p.tags, '{}') as tags
    from desk.staff s left join desk.agent_profile p on p.workspace_id = s.workspace_id and p.staff_id = s.id
    where s.workspace_id = ${tx.workspaceId}::uuid and s.state <> 'deactivated' and s.role = any(${[...PEOPLE_AT_WORK]}::text[])
      ${only === undefined ? Prisma.empty : Prisma.sql`and s.id = ${only}::uuid`}
    order by s.name, s.id limit ${MOST}`
  return rows.map((row) => presentAgent(row, capacity))
}

const presentAgent = (row: Row, capacity: number): AgentStanding => {
  const { id, name, available, onBreak, offShift, saidAt, load, categories, languages, tags } = row
  const skills = { capacity: row.capacity, categories, languages, tags }
  return {
    staff: { id, name },
    available,
    onBreak,
    offShift,
    saidAt: saidAt?.toISOString() ?? null,
    load,
    capacity: row.capacity ?? capacity,
    skills,
  }
}

/** How one person stands, for the homepage. */
export type StandingRow = {
  available: boolean
  onBreak: boolean
  offShift: boolean
  load: number
  capacity: number
  mode: AssignmentMode
}

/** The same of the caller as one JSON value, by index; null for who does not work on tickets. */
export const standingSql = (workspaceId: Prisma.Sql, me: string | null, now: Date): Prisma.Sql => Prisma.sql`
  (select json_build_object('available', coalesce(p.available, false), 'onBreak', coalesce(p.on_break, false), 'offShift', ${offShiftSql(now)},
    'load', ${LOAD}, 'capacity', coalesce(p.capacity, a.capacity, 20), 'mode', coalesce(a.mode, 'off'))
  from desk.staff s
  left join desk.agent_profile p on p.workspace_id = s.workspace_id and p.staff_id = s.id
  left join desk.assignment_setting a on a.workspace_id = s.workspace_id
  where s.workspace_id = ${workspaceId} and s.id = ${me}::uuid and s.role in ('agent', 'supervisor', 'admin'))`
