/** A thing as its family names it: an id, or for what has none the parts of its key, with colons between. */
export type Thing = { workspaceId: string; id: string }

/**
 * Which things are read: some by their ids, or all of some workspaces between two ids (`before` itself is not in it). A large workspace is
 * read in stretches, so that what lies on disk meanwhile stays small.
 */
export type Scope = { some: readonly Thing[] } | Stretch

/** @param sizes about how many things each of the workspaces has in it */
export type Stretch = {
  workspaceIds: readonly string[]
  sizes: readonly number[]
  from: string
  before: string | null
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const KEY = /^[\w:/.-]{1,200}$/

/** COPY takes no parameters, so ids stand in its text: they are checked to be nothing else. */
const array = (list: readonly string[], type: 'uuid' | 'text'): string => {
  const shape = type === 'uuid' ? UUID : KEY
  if (list.some((id) => !shape.test(id))) throw new Error('Not an id')
  return `'{${list.join()}}'::${type}[]`
}

const workspacesOf = (some: readonly Thing[]) =>
  array(
    some.map(({ workspaceId }) => workspaceId),
    'uuid',
  )
const idsOf = (some: readonly Thing[], type: 'uuid' | 'text') =>
  array(
    some.map(({ id }) => id),
    type,
  )

/** The condition of a query, for columns of the workspace and of the owner: `e.workspace_id`, `e.ticket_id`. */
export function within(scope: Scope, workspace: string, owner: string): string {
  if ('some' in scope)
    return `(${workspace}, ${owner}) in (select * from unnest(${workspacesOf(scope.some)}, ${idsOf(scope.some, 'uuid')}))`
  const { from, before } = scope
  const until = before === null ? '' : ` and ${owner} < (${array([before], 'uuid')})[1]`
  return `${inWorkspaces(scope, workspace)} and ${owner} >= (${array([from], 'uuid')})[1]${until}`
}

/** The same for things that have a key of parts: `parts` are its columns, of these types. */
export function withinKeys(scope: Scope, workspace: string, parts: Readonly<Record<string, string>>): string {
  if (!('some' in scope)) return inWorkspaces(scope, workspace)
  const wanted = Object.values(parts).map((type, n) => `split_part(k, ':', ${n + 1})::${type}`)
  return `(${[workspace, ...Object.keys(parts)].join(', ')}) in (select w, ${wanted.join(', ')}
    from unnest(${workspacesOf(scope.some)}, ${idsOf(scope.some, 'text')}) as u (w, k))`
}

/** All of the workspaces that are named: of tables that are small enough to be read whole. */
export function inWorkspaces(scope: Scope, workspace: string): string {
  const ids = 'some' in scope ? [...new Set(scope.some.map(({ workspaceId }) => workspaceId))] : scope.workspaceIds
  return `${workspace} = any(${array(ids, 'uuid')})`
}

/** The lowest id there is. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** One relation that is copied from PostgreSQL as it is; what figures need is made of it by DuckDB. */
export type Source = {
  name: string
  /** Ids, instants, numbers and closed codes alone, which PostgreSQL need not look through for what must be quoted. */
  isPlain?: true
  /** Of DuckDB, in the order in which the query names them. */
  columns: Readonly<Record<string, string>>
  sql: (scope: Scope) => string
}
