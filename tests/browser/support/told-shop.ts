import { cp, mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { startWorkbench } from '../../../workbench/start/workbench.ts'
import { onceInRun } from './once-in-run.ts'
import { copyCluster, copyPreparedCluster } from './prepared-cluster.ts'

const CLUSTER = 'postgres'

/**
 * Puts the data of a workbench that has told its everyday story into an empty folder: starting there is coming back to it the next
 * minute, as tests/browser/starting shows. The few days are played once in a run, which is ten seconds of a processor.
 */
export async function copyToldShop(dataDir: string): Promise<void> {
  const told = await onceInRun('told', tellOnce)
  const isCluster = (path: string) => basename(path).startsWith(CLUSTER)
  await cp(told, dataDir, { recursive: true, filter: (path) => !isCluster(path) })
  await copyCluster(join(told, CLUSTER), join(dataDir, CLUSTER))
}

async function tellOnce(folder: string): Promise<void> {
  const failures: string[] = []
  await mkdir(folder)
  await copyPreparedCluster(join(folder, CLUSTER))
  const workbench = await startWorkbench({ dataDir: folder, port: 0, report: (message) => void failures.push(message) })
  await workbench.stop()
  if (failures.length > 0) throw new Error(`The story was not told without failures: ${failures.join('; ')}`)
}
