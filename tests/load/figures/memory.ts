import { fileURLToPath } from 'node:url'
import { startProcess } from '../../support/processes/backend-process.ts'
import { until } from '../../support/until.ts'
import { type Figure, figure } from '../figure.ts'
import { cpuOf, memoryOf } from '../measuring/processes.ts'
import type { Ground } from '../world/ground.ts'

/** Less processor time than this in a second counts as rest. */
const REST_MS = 30

/** Memory of the desk in one process and of its PostgreSQL, when everything that starting causes is done. */
export async function measureMemory(ground: Ground): Promise<Figure[]> {
  const file = fileURLToPath(new URL('../../../backend/desk.ts', import.meta.url))
  const desk = await startProcess(file, ground.environmentFor({}), /the worker takes jobs/)
  try {
    const used = () => cpuOf(desk.pid) + cpuOf(ground.postmaster)
    let last = used()
    let quiet = 0
    await until(
      'the desk to come to rest',
      async () => {
        const now = used()
        quiet = now - last < REST_MS ? quiet + 1 : 0
        last = now
        return quiet >= 3
      },
      { seconds: 90, everyMs: 1_000 },
    )
    const [backend, database] = [memoryOf(desk.pid) / 1e6, memoryOf(ground.postmaster) / 1e6]
    return [
      figure('memory at rest, desk and PostgreSQL', backend + database, 'MB', {
        note: `PSS: desk in one process ${backend.toFixed(0)}, PostgreSQL ${database.toFixed(0)}`,
      }),
    ]
  } finally {
    await desk.kill('SIGTERM')
  }
}
