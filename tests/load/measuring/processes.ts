import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second for every program (man 5 proc, sysconf _SC_CLK_TCK). */
const TICK_MS = 10

type Stat = { pid: number; parent: number; ticks: number }

/** A process and everything below it; empty where there is no /proc. */
export function treeOf(pid: number): Stat[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []))
  const tree = all.filter((stat) => stat.pid === pid)
  for (const stat of tree) tree.push(...all.filter(({ parent }) => parent === stat.pid))
  return tree
}

/** Processor time in milliseconds that a process tree has used, ended children included. */
export const cpuOf = (pid: number): number => treeOf(pid).reduce((sum, { ticks }) => sum + ticks, 0) * TICK_MS

/** Memory in bytes that a process tree holds; what several share is divided among them (PSS). */
export const memoryOf = (pid: number): number => treeOf(pid).reduce((sum, { pid: one }) => sum + pssOf(one), 0)

function statOf(pid: number): Stat | null {
  const text = readIfThere(`/proc/${pid}/stat`)
  if (text === null) return null
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [parent = 0] = fields.slice(1)
  return { pid, parent, ticks: fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) } // utime, stime, cutime, cstime
}

const pssOf = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(readIfThere(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0) * 1_024

/** The most memory in bytes that a process had at any time (resident). */
export const mostMemoryOf = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB/m.exec(readIfThere(`/proc/${pid}/status`) ?? '')?.[1] ?? 0) * 1_024

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null // it ended meanwhile
    throw error
  }
}

/** The postmaster's pid, from the file it keeps in its data. */
export const postmasterOf = (dataDir: string): number =>
  Number(readFileSync(`${dataDir}/postmaster.pid`, 'utf8').split('\n')[0])
