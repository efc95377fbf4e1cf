import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { refuseIfRunning } from '../postgres/running.ts'
import { placeOf } from '../postgres.ts'
import { Unfit } from './unfit.ts'

const folder = (name: string) => fileURLToPath(new URL(`../../.sidedesk/${name}`, import.meta.url))

/**
 * The data of `npm start` in this clone, by scenario, beside what other tools keep in .sidedesk. The busy day begins anew at every start; the
 * year is kept, because it takes a while to write.
 */
export const FOLDERS = { everyday: folder('shop'), 'busy-day': folder('busy-day'), 'a-year': folder('a-year') }

const NEEDED_MB = 500

/** The folder with everything that survives a restart. A first start that was cut short is begun again, and so are data whose keys are gone. */
export function openDataFolder(path: string, told: (line: string) => void) {
  const file = (name: string) => join(path, name)
  const why = whyAnew(file)
  if (why !== null) {
    removeData(path)
    told(`${why}; starting over.`)
  }
  make(path)
  refuseFullDisk(path)
  return {
    path,
    file,
    isSeeded: () => existsSync(file('seeded')),
    /** The workspace that seeding made. */
    workspaceId: () => readFileSync(file('seeded'), 'utf8'),
    seedingBegins: () => writeFileSync(file('seeding'), ''),
    seedingEnds: (workspaceId: string) => writeFileSync(file('seeded'), workspaceId),
  }
}

/**
 * Nobody can read data without their keys, and PostgreSQL may keep its part where a clone that is deleted leaves it behind.
 * @returns null when all is there or nothing
 * @throws Unfit for data of which a part is gone that somebody may still have
 */
function whyAnew(file: (name: string) => string): string | null {
  const [keys, place] = [file('secrets.json'), placeOf(file('postgres'))]
  const gone = [keys, place].filter((part) => !existsSync(part))
  if (existsSync(file('seeded'))) {
    if (gone.length === 0) return null
    throw new Unfit(
      `${gone.join(' and ')} is missing, without which nobody can read the other data. Put it back, or start over with npm run reset.`,
    )
  }
  if (existsSync(file('seeding'))) return 'The first start was interrupted'
  return gone.includes(keys) && !gone.includes(place)
    ? `${place} is left from an earlier clone and the keys to it are gone`
    : null
}

/** Removes the data, also where PostgreSQL had to keep its part elsewhere; refuses while a server works on it. */
export function removeData(path: string): string[] {
  const database = join(path, 'postgres')
  const place = placeOf(database)
  refuseIfRunning(place)
  const found = [...new Set([place, path])].filter((folder) => existsSync(folder))
  for (const folder of found) rmSync(folder, { recursive: true, force: true })
  return found
}

/** PostgreSQL's account has to pass through; what is secret inside has rights of its own. */
function make(path: string) {
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 })
  } catch (cause) {
    throw new Unfit(`The data folder ${path} cannot be made: ${(cause as Error).message}`, { cause })
  }
}

function refuseFullDisk(path: string) {
  const { bavail, bsize } = statfsSync(path)
  const free = Math.floor((bavail * bsize) / 1024 ** 2)
  if (free < NEEDED_MB) throw new Unfit(`Only ${free} MB are free on the disk of ${path}; ${NEEDED_MB} MB are needed.`)
}
