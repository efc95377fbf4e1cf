import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { placeOf } from '../../../workbench/postgres.ts'
import { startDatabase } from '../../../workbench/start/database.ts'
import { secretsIn } from '../../../workbench/start/secrets.ts'
import { onceInRun } from './once-in-run.ts'

const run = promisify(execFile)

/**
 * Puts a PostgreSQL with our tables, and nothing in them, where a workbench will look for its own: creating it and applying each
 * migration with real durability takes as long as many a story. Beside it lie keys, without which a workbench keeps no data.
 * @param dataDir the workbench's folder for PostgreSQL, which does not exist yet
 */
export async function copyPreparedCluster(dataDir: string): Promise<void> {
  secretsIn(join(dirname(dataDir), 'secrets.json'))
  await copyCluster(await onceInRun('prepared', makeEmpty), dataDir)
}

/** @param from a stopped PostgreSQL, wherever it really lies */
export async function copyCluster(from: string, to: string): Promise<void> {
  await run('cp', ['-a', placeOf(from), placeOf(to)]) // with its owner, as only this tool copies
}

async function makeEmpty(folder: string): Promise<void> {
  const database = await startDatabase(folder)
  await database.stop()
}
