/**
 * Which things are read: some by their ids, or all of some workspaces between two ids (`before` itself is not in it). A large workspace is
 * read in stretches, so that what lies on disk meanwhile stays small.
 */
export type Scope =
  | { some: readonly { workspaceId: string; id: string }[] }
  | { workspaceIds: readonly string[]; from: string; before: string | null }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** COPY takes no parameters, so ids stand in its text: they are checked to be nothing else. */
const ids = (list: readonly string[]): string => {
  const wrong = list.find((id) => !UUID.test(id))
  if (wrong !== undefined) throw new Error('Not an id')
  return `'{${list.join()}}'::uuid[]`
}

/** The condition of a query, for columns of the workspace and of the owner: `e.workspace_id`, `e.ticket_id`. */
export function within(scope: Scope, workspace: string, owner: string): string {
  if ('some' in scope) {
    const { some } = scope
    return `(${workspace}, ${owner}) in (select * from unnest(${ids(some.map(({ workspaceId }) => workspaceId))}, ${ids(some.map(({ id }) => id))}))`
  }
  const { workspaceIds, from, before } = scope
  const [low] = [ids([from])]
  const until = before === null ? '' : ` and ${owner} < (${ids([before])})[1]`
  return `${workspace} = any(${ids(workspaceIds)}) and ${owner} >= (${low})[1]${until}`
}

/** The lowest id there is. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** One relation that is copied from PostgreSQL as it is; what figures need is made of it by DuckDB. */
export type Source = {
  name: string
  /** Of DuckDB, in the order in which the query names them. */
  columns: Readonly<Record<string, string>>
  sql: (scope: Scope) => string
}
