import { readFileSync } from 'node:fs'

export interface Task {
  presses: number
  calls: number
}

const GUIDE = new URL('../../../docs/guides/panel.md', import.meta.url)
const ROW = /^\| (?<name>[^|]+) \| (?<how>[^|]+) \| (?<presses>\d+) \| (?<calls>\d+) \|$/

/** The table of an agent's tasks as the guide has it, by the words of its first column. */
export function writtenTasks(): Map<string, Task> {
  const tasks = new Map<string, Task>()
  for (const line of readFileSync(GUIDE, 'utf8').split('\n')) {
    const { name, presses, calls } = ROW.exec(line)?.groups ?? {}
    if (name) tasks.set(name.trim(), { presses: Number(presses), calls: Number(calls) })
  }
  return tasks
}
