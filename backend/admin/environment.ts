import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

export type Environment = Record<string, string | undefined>

const OWN = '.env'
/** Written by `npm start`; its values are those of the demo's processes. */
const DEMO = '.sidedesk/shop/demo.env'
/** Without it nothing is configured: no other variable makes sense alone. */
const SIGN = 'DATABASE_URL'

/** The variables of the processes: the environment wins over .env, and the demo is used only where nothing else is said. */
export function readEnvironment(given: Environment = process.env): Environment {
  const env = { ...fileOf(OWN), ...given }
  if (env[SIGN] || !existsSync(DEMO)) return env
  console.error(`Nothing is configured here, so this is about the demo (${DEMO}).\n`)
  return { ...fileOf(DEMO), ...env }
}

const fileOf = (path: string): Environment => (existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {})
