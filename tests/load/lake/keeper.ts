import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startProcess } from '../../support/processes/backend-process.ts'
import { until } from '../../support/until.ts'
import { mostMemoryOf } from '../measuring/processes.ts'
import type { Ground } from '../world/ground.ts'

export type Keeper = {
  dir: string
  environmentFor: Ground['environmentFor']
  /** How long the first lake took, in seconds. */
  built: number
  /** The most memory that the process had. */
  memory(): number
  /** Whether workspaces wait to be made anew, or are just being made. */
  isRebuilding(): Promise<boolean>
  stop(): Promise<void>
}

/** The process that keeps the lake, as in production, with a lake of the whole world that it built. */
export async function startKeeper(ground: Ground): Promise<Keeper> {
  const dir = join(ground.folder, 'kept-lake')
  const environmentFor: Ground['environmentFor'] = (more) => ({ ...ground.environmentFor(more), LAKE_DIR: dir })
  const keeper = await startProcess('backend/lake.ts', environmentFor({}), /the lake is built/) // which it says as it begins
  const begun = performance.now()
  await until('the first lake', () => existsSync(join(dir, 'root.json')), { seconds: 900, everyMs: 20 })
  return {
    dir,
    environmentFor,
    built: (performance.now() - begun) / 1_000,
    memory: () => mostMemoryOf(keeper.pid),
    isRebuilding: async () => (await readdir(join(dir, '.broken')).catch(() => [])).length > 0,
    async stop() {
      await keeper.kill('SIGTERM')
    },
  }
}
