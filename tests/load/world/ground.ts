import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext } from '../../../backend/app.ts'
import { readConfig } from '../../../backend/config.ts'
import type { Ctx } from '../../../backend/context.ts'
import { placeOf } from '../../../workbench/postgres.ts'
import { backendEnvironment } from '../../support/processes/backend-environment.ts'
import { type DurableDatabase, startDurableDatabase } from '../../support/processes/durable-database.ts'
import { postmasterOf } from '../measuring/processes.ts'
import { ensureWorld, type Written } from './making.ts'
import { MASTER_KEY, type Size, WORLDS } from './world.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const CACHE = join(ROOT, '.sidedesk/bench')

/** What all figures stand on: a durable PostgreSQL that holds the world. */
export type Ground = Written & {
  database: DurableDatabase
  postmaster: number
  /** For what a run leaves behind; gone at its end. */
  folder: string
  /** The backend's own composition, to set up keys and mailboxes with. */
  ctx: Ctx
  environmentFor(more: { port?: number; googleUrl?: string }): Record<string, string>
  /** @param isWhole whether every figure has put the world back as it was; otherwise the next run writes it anew */
  close(isWhole: boolean): Promise<void>
}

/** Starts the database on the cached world of this size, or writes it first. */
export async function prepareGround(size: Size, say: (line: string) => void): Promise<Ground> {
  const dataDir = join(CACHE, `${size}-${hashOfWorld(size)}`)
  forgetOthers(size, dataDir)
  const unfinished = join(dirname(placeOf(dataDir)), `unfinished-${size}`)
  if (existsSync(unfinished)) {
    say('A run on the cached world was broken off and may have left people and tickets in it: it is written anew')
    rmSync(placeOf(dataDir), { recursive: true, force: true })
  }
  mkdirSync(dirname(unfinished), { recursive: true })
  writeFileSync(unfinished, '')
  say(`The ${size} world is kept in ${placeOf(dataDir)}`)
  const database = await startDurableDatabase(dataDir)
  const folder = mkdtempSync(join(tmpdir(), 'sidedesk-bench-'))
  const environmentFor = ({ port = 0, googleUrl = 'http://127.0.0.1:9' }) =>
    backendEnvironment({ urls: database.urls, folder, googleUrl, masterKey: MASTER_KEY, port })
  const ctx = createContext(readConfig({ ...environmentFor({}), LOG_LEVEL: 'warn' }), { process: 'bench' })
  const close = async (isWhole: boolean) => {
    await ctx.close()
    await database.postgres.stop()
    rmSync(folder, { recursive: true, force: true })
    if (isWhole) rmSync(unfinished)
  }
  try {
    const written = await ensureWorld(ctx, database.urls.owner, WORLDS[size], say)
    return {
      ...written,
      database,
      postmaster: postmasterOf(database.postgres.dataDir),
      folder,
      ctx,
      environmentFor,
      close,
    }
  } catch (error) {
    await close(false)
    throw error
  }
}

/** A change of the plan, of how it is written, or of the tables makes another world. */
function hashOfWorld(size: Size): string {
  const hash = createHash('sha256').update(JSON.stringify(WORLDS[size]))
  for (const file of ['words.ts', 'writing.ts', 'cards.ts', 'making.ts'])
    hash.update(readFileSync(new URL(file, import.meta.url)))
  for (const name of readdirSync(join(ROOT, 'prisma/migrations')).sort())
    if (!name.includes('.')) hash.update(readFileSync(join(ROOT, 'prisma/migrations', name, 'migration.sql')))
  return hash.digest('hex').slice(0, 12)
}

function forgetOthers(size: Size, keep: string): void {
  const folder = dirname(placeOf(keep))
  const old = readNames(folder).filter((name) => name.startsWith(`${size}-`) && join(folder, name) !== placeOf(keep))
  for (const name of old) rmSync(join(folder, name), { recursive: true, force: true })
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
