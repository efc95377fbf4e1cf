import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './account.ts'
import { PostgresUnavailable } from './unavailable.ts'

const run = promisify(execFile)

export interface Cluster {
  binaries: string
  place: string
  account: Account | undefined
}

/** Creates the data on first use. It is made beside its place and renamed, so an interrupted creation leaves nothing that looks whole. */
export async function ensureCluster({ binaries, place, account }: Cluster): Promise<{ password: string }> {
  if (isEmpty(place)) await create({ binaries, place, account })
  refuseOtherVersion(place, binaries)
  return { password: readPassword(place) }
}

function isEmpty(place: string): boolean {
  if (!existsSync(place)) return true
  return owned(place, () => readdirSync(place)).length === 0
}

async function create({ binaries, place, account }: Cluster) {
  const half = `${place}.new`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(dirname(place), { recursive: true, mode: 0o755 })
  mkdirSync(half, { mode: 0o700 })
  const secret = `${half}.password`
  writeFileSync(secret, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (account) for (const path of [half, secret]) chownSync(path, account.uid, account.gid)
  await initdb(binaries, half, secret, account)
  renameSync(secret, join(half, 'superuser-password'))
  renameSync(half, place)
}

/** The built-in C.UTF-8 provider sorts and lowers the same on every machine, whatever locales it has. */
async function initdb(binaries: string, dataDir: string, secret: string, account: Account | undefined) {
  const args = [
    '-D',
    dataDir,
    '-U',
    'postgres',
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-instructions',
  ]
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  try {
    await run(join(binaries, 'bin/initdb'), [...args, ...locale], { ...spawnAs(account), env: SERVER_ENV })
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim() || (cause as Error).message
    throw new PostgresUnavailable(`The database could not be created in ${dataDir}: ${said}`, { cause })
  }
}

function refuseOtherVersion(place: string, binaries: string) {
  const made = readOwn(place, 'PG_VERSION').trim()
  const ours = readFileSync(join(binaries, 'share/postgresql/postgres.bki'), 'utf8').match(/^# PostgreSQL (\d+)/)?.[1]
  if (ours !== undefined && made !== ours) {
    throw new PostgresUnavailable(
      `The data in ${place} was made by PostgreSQL ${made}; this is ${ours}. npm run reset starts over.`,
    )
  }
}

const readPassword = (place: string) => readOwn(place, 'superuser-password').trim()

const readOwn = (place: string, file: string) => owned(place, () => readFileSync(join(place, file), 'utf8'))

function owned<T>(place: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'EACCES') {
      throw new PostgresUnavailable(
        `The data in ${place} belongs to another account. Run as the one that created it.`,
        { cause },
      )
    }
    if (code === 'ENOENT') throw new PostgresUnavailable(`${place} is not a data folder that Sidedesk made.`, { cause })
    throw cause
  }
}

/** The server inherits nothing of ours but the way to find its tools. */
export const SERVER_ENV = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' }

/** A working folder that every account may enter. */
export const spawnAs = (account: Account | undefined) => ({
  cwd: '/',
  ...(account && { uid: account.uid, gid: account.gid }),
})
