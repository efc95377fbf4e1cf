import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { refuseIfRunning } from '../postgres/running.ts'
import { placeOf } from '../postgres.ts'
import { Unfit } from './unfit.ts'

/** The data of `npm start` in this clone, beside what other tools keep in .sidedesk. */
export const DATA_FOLDER = fileURLToPath(new URL('../../.sidedesk/shop', import.meta.url))

/** Of the busy day, which begins anew at every start. */
export const BUSY_FOLDER = fileURLToPath(new URL('../../.sidedesk/busy-day', import.meta.url))

/** Of the year, which is kept: it takes a while to write. */
export const YEAR_FOLDER = fileURLToPath(new URL('../../.sidedesk/a-year', import.meta.url))

const NEEDED_MB = 500

/** The folder with everything that survives a restart. A first start that was cut short is begun again. */
export function openDataFolder(path: string, told: (line: string) => void) {
  const file = (name: string) => join(path, name)
  if (existsSync(file('seeding')) && !existsSync(file('seeded'))) {
    told('The first start was interrupted; starting over.')
    removeData(path)
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
