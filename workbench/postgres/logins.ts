import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** One login for each group role that the migrations make; the demo and the tests connect as these and never as the owner. */
const LOGINS = { app: 'desk_app', jobs: 'desk_jobs', lake: 'desk_lake' } as const

export type Logins = Record<keyof typeof LOGINS, { user: string; password: string }>

/** Creates or renews sidedesk_app, sidedesk_jobs and sidedesk_lake with fresh random passwords. Needs the group roles. */
export async function renewLogins(superuserUrl: string): Promise<Logins> {
  const logins = {} as Logins
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    for (const [name, group] of Object.entries(LOGINS) as [keyof Logins, string][]) {
      const login = { user: `sidedesk_${name}`, password: randomBytes(24).toString('base64url') }
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [login.user])
      const verb = rowCount ? 'alter' : 'create'
      await client.query(`${verb} role ${login.user} login password ${client.escapeLiteral(login.password)}`)
      await client.query(`grant ${group} to ${login.user}`)
      logins[name] = login
    }
  } finally {
    await client.end()
  }
  return logins
}

/** The same server and database, as this login. */
export function urlFor(ownerUrl: string, { user, password }: { user: string; password: string }): string {
  return Object.assign(new URL(ownerUrl), { username: user, password }).href
}
