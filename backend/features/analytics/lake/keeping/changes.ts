import type pg from 'pg'
import type { FamilyName } from '../sources/families.ts'

/** What was recorded since: things to read anew, and workspaces to read as a whole. */
export type Changes = {
  things: Map<FamilyName, { workspaceId: string; id: string }[]>
  whole: Set<string>
}

/** More than that is read faster as a whole, and need not be held in memory. */
const MOST = 200_000

/** Events after which everything of the workspace is counted anew. */
const REMAKING = ['sla_rules.written', 'sla_rules.applied', 'workspace.created']

/** Events of `seen`'s successor that `seen` did not see: also of transactions that were open then and have ended since. */
const NEWS = `select e.workspace_id, e.type, e.ticket_id, e.payload from desk.event e
  where e.row_xid >= pg_snapshot_xmin($1::pg_snapshot) and e.row_xid < pg_snapshot_xmax(pg_current_snapshot())
    and not pg_visible_in_snapshot(e.row_xid, $1::pg_snapshot)`

const THINGS = `with news as (${NEWS})
  select workspace_id::text as "workspaceId", 'ticket' as family, ticket_id::text as id from news where ticket_id is not null
  union select workspace_id::text, 'customer', payload->>'customerId' from news where type like 'customer.%' and payload ? 'customerId'
  union select workspace_id::text, 'whole', null from news where type = any($2) or (type = 'setting.changed' and payload->>'setting' = 'workspace')
  limit ${MOST + 1}`

/** @param seen the snapshot of the last pull */
export async function changesSince(client: pg.ClientBase, seen: string): Promise<Changes> {
  const { rows } = await client.query<{ workspaceId: string; family: FamilyName | 'whole'; id: string }>(THINGS, [
    seen,
    REMAKING,
  ])
  if (rows.length > MOST) return { things: new Map(), whole: new Set(await workspacesIn(client, seen)) }
  const whole = new Set(rows.filter(({ family }) => family === 'whole').map(({ workspaceId }) => workspaceId))
  const things: Changes['things'] = new Map()
  for (const { workspaceId, family, id } of rows) {
    if (family === 'whole' || whole.has(workspaceId)) continue
    const list = things.get(family) ?? []
    list.push({ workspaceId, id })
    things.set(family, list)
  }
  return { things, whole }
}

async function workspacesIn(client: pg.ClientBase, seen: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(`select distinct workspace_id::text as id from (${NEWS}) news`, [
    seen,
  ])
  return rows.map(({ id }) => id)
}
