import { readFileSync } from 'node:fs'
import { treeOf } from '../load/measuring/processes.ts'

/** Process ids of the mail parsers that this process has started and that run. Told by /proc: not every system has a program for it. */
export const parsersHere = (): number[] =>
  treeOf(process.pid).flatMap(({ pid, parent }) => (parent === process.pid && isParser(pid) ? pid : []))

function isParser(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').endsWith('parsing/child.ts\0')
  } catch {
    return false // it ended meanwhile
  }
}
