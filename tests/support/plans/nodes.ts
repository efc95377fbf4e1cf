/** One step of a plan, as PostgreSQL tells it after it ran. */
export type PlanNode = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Sort Key'?: string[]
  Plans?: PlanNode[]
}

/** A step and all below it. */
export const flat = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)]

export const indexesIn = (nodes: readonly PlanNode[]) => nodes.map((node) => node['Index Name'])

/** Rows that a step looked at and left out, in all its rounds. */
export const rowsInVain = (node: PlanNode): number => (node['Rows Removed by Filter'] ?? 0) * node['Actual Loops']

/** Rows that a step looked at in all its rounds, also those that it left out. */
export const rowsOf = (node: PlanNode): number => node['Actual Rows'] * node['Actual Loops'] + rowsInVain(node)

/** Rows that were read of some tables. */
export const rowsRead = (nodes: readonly PlanNode[], ...tables: string[]): number =>
  nodes.filter((node) => tables.includes(node['Relation Name'] ?? '')).reduce((sum, node) => sum + rowsOf(node), 0)

/** Steps that read a table from end to end; an empty partition costs nothing. */
export const wholeReads = (nodes: readonly PlanNode[]): PlanNode[] =>
  nodes.filter((node) => node['Node Type'] === 'Seq Scan' && rowsOf(node) > 0)
