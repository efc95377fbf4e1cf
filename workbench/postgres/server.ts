import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Cluster, SERVER_ENV, spawnAs } from './cluster.ts'
import { PostgresUnavailable } from './unavailable.ts'

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

interface Launch extends Cluster {
  port: number
  durable: boolean
  filling: boolean
  log: (line: string) => void
}

/** Resolves when the server accepts connections. */
export async function launch(options: Launch): Promise<{ exited: Promise<Exit>; stop: () => Promise<void> }> {
  const child = spawn(join(options.binaries, 'bin/postgres'), serverArguments(options), {
    ...spawnAs(options.account),
    env: SERVER_ENV,
    detached: true, // Ctrl-C must reach the product first; it stops the database last
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  const guard = child.pid === undefined ? undefined : stopWhenWeDie(child.pid)
  void exited.then(() => guard?.kill('SIGKILL'))
  await ready(child, options)
  for (const handle of [child, child.stderr as unknown as ChildProcess]) handle.unref()
  return { exited, stop: () => stop(child, exited) }
}

/** What a server need not do whose data lives for minutes on one machine. */
const THROWN_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0', // with which alone the level before is allowed
  io_method: 'sync', // all is in memory, so that asking another process for a page takes longer than taking it
  scram_iterations: '1', // nobody guesses random passwords of a loopback server
  max_connections: '200',
}

/** What suits a server while it is filled for the first time and nobody looks: what is whole at its commit need not go through the log as well. */
const FILLING = {
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off', // whoever fills it says when tables are looked over
  io_method: 'sync', // files that were just written are in memory
  max_parallel_maintenance_workers: '0', // indexes are built side by side instead
  maintenance_work_mem: '256MB',
}

/** The longest path that the system takes for a socket, without the name of ours in it. */
const LONGEST_PATH = 107 - '/.s.PGSQL.65535'.length

/** Through a file of the data folder a short question costs a quarter less than over the loopback. @returns '' where the path is too long for it */
export const socketFolder = (place: string): string => (place.length <= LONGEST_PATH ? place : '')

function serverArguments({ place, port, durable, filling }: Launch): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    unix_socket_directories: durable ? '' : socketFolder(place),
    ...(!durable && THROWN_AWAY),
    ...(filling && FILLING),
  }
  return [
    '-D',
    place,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

const ready = (child: ChildProcess, { place, log }: Launch) =>
  new Promise<void>((resolve, reject) => {
    const complaints: string[] = []
    if (!child.stderr) throw new Error('the server was spawned without its log')
    createInterface({ input: child.stderr }).on('line', (line) => {
      log(line)
      if (/(FATAL|HINT|ERROR):/.test(line)) complaints.push(line)
      if (line.includes('ready to accept connections')) resolve()
    })
    child.once('error', (cause) =>
      reject(new PostgresUnavailable(`PostgreSQL could not be run: ${cause.message}`, { cause })),
    )
    child.once('exit', (code) =>
      reject(new PostgresUnavailable(`PostgreSQL could not start on ${place} (exit ${code}): ${complaints.join(' ')}`)),
    )
  })

/** A tiny process holds a pipe to us; when it closes, by whatever death of ours, the server gets a fast shutdown. */
function stopWhenWeDie(pid: number): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$0"', String(pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.unref()
  ;(guard.stdin as unknown as ChildProcess | null)?.unref()
  return guard
}

/** Fast shutdown first; a server that hangs is made to recover at its next start instead. */
async function stop(child: ChildProcess, exited: Promise<Exit>): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await within(patience, exited)
  }
}

function within(milliseconds: number, wanted: Promise<unknown>): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  return Promise.race([wanted, promise]).finally(() => clearTimeout(timer))
}
