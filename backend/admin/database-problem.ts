import type { Ctx } from '../context.ts'
import { missingMigrations } from '../platform/db/version.ts'
import { CommandRefused } from './failing.ts'

/** @throws CommandRefused when the database cannot be used, in words */
export async function requireDatabase(ctx: Ctx): Promise<void> {
  const problem = await databaseProblem(ctx)
  if (problem) throw new CommandRefused(`${problem.says}\n${problem.todo}`)
}

export type Problem = { says: string; todo: string }

/** Why the app's login cannot work with the database; null when it can. */
export async function databaseProblem({ pool, config }: Ctx): Promise<Problem | null> {
  try {
    const missing = await missingMigrations(pool)
    if (missing.length === 0) return null
    return {
      says: `${placeOf(config.db.url)} is older than this version: it lacks ${missing.join(', ')}.`,
      todo: PREPARE,
    }
  } catch (error) {
    return inWords(error, config.db.url)
  }
}

const PREPARE = 'Run: npm run admin -- database prepare --owner-url postgres://OWNER:PASSWORD@HOST/DATABASE'

const unprepared = (place: string): Problem => ({
  says: `${place} has no tables of Sidedesk that this login may read.`,
  todo: PREPARE,
})

/** PostgreSQL does not say which of the two it is. */
const strange = (place: string): Problem => ({
  says: `${place} does not know this login, or its password is wrong.`,
  todo: `Correct the address, or make the login. ${PREPARE} --create-logins`,
})

const TOLD: Record<string, (place: string) => Problem> = {
  '28P01': strange,
  '28000': strange,
  '3D000': (place) => ({
    says: `The database of ${place} does not exist.`,
    todo: 'Create it (createdb), then prepare it.',
  }),
  '42P01': unprepared,
  '42501': unprepared,
  '53300': (place) => ({
    says: `${place} has no connection left.`,
    todo: 'Raise max_connections or lower DATABASE_CONNECTIONS.',
  }),
}

/** What a failed connection means; the password never shows. */
export function inWords(error: unknown, url: string): Problem {
  const code = (error as { code?: unknown } | null)?.code
  const told = typeof code === 'string' ? TOLD[code] : undefined
  if (told) return told(placeOf(url))
  const reason = error instanceof Error && error.message !== '' ? error.message : String(code)
  return {
    says: `${placeOf(url)} cannot be reached: ${reason}`,
    todo: 'Start PostgreSQL (the demo: npm start), or correct the address, and check that this machine may connect.',
  }
}

/** A database address without its password. */
export function placeOf(url: string): string {
  const { username, hostname, port, pathname } = new URL(url)
  return `PostgreSQL ${decodeURIComponent(username)}@${hostname}:${port || '5432'}${pathname}`
}
