import { accountFor } from './postgres/account.ts'
import { prepareBinaries } from './postgres/binaries.ts'
import { ensureCluster } from './postgres/cluster.ts'
import { placeOf } from './postgres/place.ts'
import { freePort, requireFree } from './postgres/port.ts'
import { refuseIfRunning } from './postgres/running.ts'
import { type Exit, launch } from './postgres/server.ts'

export { placeOf } from './postgres/place.ts'
export { PostgresUnavailable } from './postgres/unavailable.ts'

export interface PostgresOptions {
  /** Where the data should live; `placeOf` tells where it really does. */
  dataDir: string
  /** 0 or absent: any free port of the loopback interface. */
  port?: number
  /** false trades safety for speed and is for throw-away test data only. */
  durable: boolean
  /** true while much is written for the first time: such a server is for nobody else, and is started anew without it. */
  filling?: boolean
  /** Called with each line that the server writes. */
  log?: (line: string) => void
}

export interface Postgres {
  /** Connects to database `postgres` as its superuser. */
  url: string
  port: number
  /** Where the data really is: as root it may lie outside the clone. */
  dataDir: string
  /** Settles when the server is gone, asked to or not. */
  exited: Promise<Exit>
  stop: () => Promise<void>
}

/** Starts the packaged PostgreSQL on loopback, creating its data on the first call. It ends with this process, even a killed one. */
export async function startPostgres({
  dataDir,
  port = 0,
  durable,
  filling = false,
  log = () => {},
}: PostgresOptions): Promise<Postgres> {
  const account = accountFor(dataDir)
  const place = placeOf(dataDir, account)
  const binaries = prepareBinaries(account)
  refuseIfRunning(place)
  if (port !== 0) await requireFree(port)
  const { password } = await ensureCluster({ binaries, place, account })
  const chosen = port === 0 ? await freePort() : port
  const server = await launch({ binaries, place, account, port: chosen, durable, filling, log })
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${chosen}/postgres`,
    port: chosen,
    dataDir: place,
    exited: server.exited,
    stop: server.stop,
  }
}
