import type pg from 'pg'
import type { FamilyName } from '../sources/families.ts'
import type { Thing } from '../sources/scope.ts'

/** What was recorded since: things to read anew, and workspaces to read as a whole. */
export type Changes = {
  things: Map<FamilyName, Thing[]>
  whole: Set<string>
}

/** More than that is read faster as a whole, and need not be held in memory. */
const MOST = 200_000

/** Events after which everything of the workspace is counted anew. */
const REMAKING = ['sla_rules.written', 'workspace.created']

/** What a column says is of a transaction that this snapshot sees and `seen` did not: also of one that was open then and has ended since. */
const isNew = (xid: string) =>
  `${xid} < pg_snapshot_xmax(pg_current_snapshot()) and not pg_visible_in_snapshot(${xid}, $1::pg_snapshot)`

const NEWS = `
  select e.workspace_id, e.type, e.ticket_id, e.payload from desk.event e
  where e.row_xid >= pg_snapshot_xmin($1::pg_snapshot) and ${isNew('e.row_xid')}`
const NOTES = `
  select n.workspace_id, n.kind, n.key from desk.lake_note n
  where n.transaction_id >= pg_snapshot_xmin($1::pg_snapshot)::text::bigint and ${isNew('n.transaction_id::text::xid8')}`

/** What is noted of a ticket that went into another one is of that one as well: its time, for example. Events name both. */
const WENT_ON = `
  select t.workspace_id, t.merged_into_id from notes n
  join desk.ticket t on t.workspace_id = n.workspace_id and t.id = (case when n.kind = 'ticket' then n.key end)::uuid
  where t.merged_into_id is not null
  union select t.workspace_id, t.merged_into_id from went_on w
  join desk.ticket t on t.workspace_id = w.workspace_id and t.id = w.id where t.merged_into_id is not null`

const THINGS = `
  with recursive news as materialized (${NEWS}), notes as materialized (${NOTES}), went_on (workspace_id, id) as (${WENT_ON})
  select workspace_id::text as "workspaceId", 'ticket' as family, ticket_id::text as id from news where ticket_id is not null
  union select workspace_id::text, 'customer', payload->>'customerId' from news where type like 'customer.%' and payload->>'customerId' is not null
  union select workspace_id::text, 'all', '' from news where type = any($2) or (type = 'setting.changed' and payload->>'setting' = 'workspace')
  union select workspace_id::text, kind, key from notes where kind <> 'card_balance'
  union select workspace_id::text, 'ticket', id::text from went_on
  union select n.workspace_id::text, 'gift_card', g.id::text from notes n join desk.gift_card_issue g on g.workspace_id = n.workspace_id
    and g.shop_id = split_part(n.key, ':', 1)::uuid and g.shopify_id = split_part(n.key, ':', 2)::bigint where n.kind = 'card_balance'
  limit ${MOST + 1}`

/** @param seen the snapshot of the last pull */
export async function changesSince(client: pg.ClientBase, seen: string): Promise<Changes> {
  const { rows } = await client.query<{ workspaceId: string; family: FamilyName | 'all'; id: string }>(THINGS, [
    seen,
    REMAKING,
  ])
  if (rows.length > MOST) return { things: new Map(), whole: new Set(await workspacesIn(client, seen)) }
  const whole = new Set(rows.filter(({ family }) => family === 'all').map(({ workspaceId }) => workspaceId))
  const things: Changes['things'] = new Map()
  for (const { workspaceId, family, id } of rows) {
    if (family === 'all' || whole.has(workspaceId)) continue
    const list = things.get(family) ?? []
    list.push({ workspaceId, id })
    things.set(family, list)
  }
  return { things, whole }
}

async function workspacesIn(client: pg.ClientBase, seen: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select workspace_id::text as id from (${NEWS}) news union select workspace_id::text from (${NOTES}) notes`,
    [seen],
  )
  return rows.map(({ id }) => id)
}
