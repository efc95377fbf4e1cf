import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { placeOf } from '../../../workbench/postgres.ts'
import { startDatabase } from '../../../workbench/start/database.ts'
import { runFolder } from '../../support/test-server.ts'
import { until } from '../../support/until.ts'

const run = promisify(execFile)

/**
 * Puts a PostgreSQL with our tables, and nothing in them, where a workbench will look for its own. The first who asks in a run makes it:
 * creating it and applying each migration with real durability takes as long as many a story.
 * @param dataDir the workbench's folder for PostgreSQL, which does not exist yet
 */
export async function copyPreparedCluster(dataDir: string): Promise<void> {
  const made = join(runFolder(), 'prepared')
  while (!existsSync(made)) await makeOnce(made)
  await run('cp', ['-a', made, placeOf(dataDir)]) // with its owner, as only this tool copies
}

/** Three processes may ask at once; one makes it and the others wait. */
async function makeOnce(made: string): Promise<void> {
  const [making, half] = [`${made}.making`, `${made}.half`]
  if (!isFirst(making)) return until('the prepared database', () => existsSync(made) || !existsSync(making))
  try {
    rmSync(half, { recursive: true, force: true })
    const database = await startDatabase(half)
    await database.stop()
    renameSync(half, made)
  } finally {
    rmSync(making, { recursive: true })
  }
}

function isFirst(making: string): boolean {
  try {
    mkdirSync(making)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
