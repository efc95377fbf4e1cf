import { expect } from '@jest/globals'
import { indexesIn, type PlanNode, rowsInVain, rowsOf, wholeReads } from './nodes.ts'

type Expected = {
  /** Each of them is used; by a pattern where each partition has its own. */
  indexes: (string | RegExp)[]
  /** Rows that any step looks at, at the most; what was read once and is kept at hand is not looked at again. */
  most: number
  /** Of these the rows that a step leaves out; any of them unless told otherwise. */
  inVain?: number
  /** Tables that hold so few rows that they may be read whole, and again for each row of another. */
  small?: readonly string[]
}

/** No table is read whole, and no step looks at more rows than it has to. */
export function expectIndexed(
  nodes: readonly PlanNode[],
  { indexes, most, inVain = most, small = [] }: Expected,
): void {
  const wanted = indexes.map((index) => (typeof index === 'string' ? index : expect.stringMatching(index)))
  expect(indexesIn(nodes)).toEqual(expect.arrayContaining(wanted))
  const large = nodes.filter(
    (node) => !small.includes(node['Relation Name'] ?? '') && node['Node Type'] !== 'Materialize',
  )
  expect(wholeReads(large).map(inWords)).toEqual([])
  expect(large.filter((node) => rowsOf(node) > most || rowsInVain(node) > inVain).map(inWords)).toEqual([])
}

const inWords = (node: PlanNode): string =>
  `${node['Node Type']} ${node['Relation Name'] ?? ''} ${node['Index Name'] ?? ''}: ${rowsOf(node)} rows, ${rowsInVain(node)} in vain`
