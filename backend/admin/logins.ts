import pg from 'pg'
import type { Environment } from './environment.ts'
import { CommandRefused } from './failing.ts'

/** Which variable names the login of which group role. */
const GROUPS = { DATABASE_URL: 'desk_app', JOBS_DATABASE_URL: 'desk_jobs', LAKE_DATABASE_URL: 'desk_lake' } as const
const USUAL = { desk_app: 'sidedesk_app', desk_jobs: 'sidedesk_jobs', desk_lake: 'sidedesk_lake' } as const

export type Login = { group: keyof typeof USUAL; login: string; password: string }

/** The logins that the configuration names. @throws CommandRefused when one is required and cannot be made */
export function loginsIn(env: Environment, { required }: { required: boolean }): Login[] {
  const logins = Object.entries(GROUPS).map(([variable, group]) => {
    const url = URL.parse(env[variable] ?? '')
    const login = decodeURIComponent(url?.username ?? '')
    const password = decodeURIComponent(url?.password ?? '')
    if (required && (login === '' || password === ''))
      throw new CommandRefused(
        `${variable} must name the login to make and its password: postgres://${USUAL[group]}:PASSWORD@HOST/DATABASE. Choose passwords with: openssl rand -hex 24`,
      )
    return { group, login: login || USUAL[group], password }
  })
  if (required && new Set(logins.map(({ login }) => login)).size < logins.length)
    throw new CommandRefused('DATABASE_URL, JOBS_DATABASE_URL and LAKE_DATABASE_URL must name three different logins.')
  return logins
}

/** What to run by hand; passwords are for the reader to choose. */
export const loginSql = (logins: readonly Login[]): string =>
  [
    'The processes need three logins. Make them with these lines (choose the passwords), or add --create-logins:',
    ...logins.map(
      ({ login, group }) =>
        `  create role ${pg.escapeIdentifier(login)} login password '...'; grant ${group} to ${pg.escapeIdentifier(login)};`,
    ),
  ].join('\n')

/** Makes each login or gives it the password of its URL; running it again changes nothing else. */
export async function createLogins(
  ownerUrl: string,
  logins: readonly Login[],
): Promise<{ login: string; group: string; made: boolean }[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const done = []
    for (const { login, group, password } of logins) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [login])
      const name = pg.escapeIdentifier(login)
      await client.query(`${rowCount ? 'alter' : 'create'} role ${name} login password ${pg.escapeLiteral(password)}`)
      await client.query(`grant ${group} to ${name}`)
      done.push({ login, group, made: !rowCount })
    }
    return done
  } finally {
    await client.end()
  }
}
