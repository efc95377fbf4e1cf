import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PostgresUnavailable } from './unavailable.ts'

/** Refuses when a server already works on this data; clears the pid file when its number now belongs to something else. */
export function refuseIfRunning(place: string): void {
  const pidFile = join(place, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return // PostgreSQL itself clears the file of a dead server
  if (worksOn(pid, place)) {
    throw new PostgresUnavailable(
      `PostgreSQL already runs on ${place} (process ${pid}). Is Sidedesk started twice? Stop the other one, or: kill ${pid}`,
    )
  }
  rmSync(pidFile)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** PostgreSQL works inside its data folder, as that folder's owner. Where neither can be seen, the pid is believed. */
function worksOn(pid: number, place: string): boolean {
  try {
    if (statSync(`/proc/${pid}`).uid !== statSync(place).uid) return false
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(place)
  } catch {
    return true
  }
}
