import type { Command } from 'commander'
import pg from 'pg'
import { prepareDatabase } from '../platform/db/prepare.ts'
import { inWords } from './database-problem.ts'
import { readEnvironment } from './environment.ts'
import { CommandRefused } from './failing.ts'
import { createLogins, loginSql, loginsIn } from './logins.ts'

type Prepare = { ownerUrl: string; createLogins?: boolean }

export function databaseCommands(program: Command): void {
  program
    .command('database')
    .description('the PostgreSQL database')
    .command('prepare')
    .description('brings an existing database to this version: tables, rights and the job queue; safe to repeat')
    .requiredOption('--owner-url <url>', 'PostgreSQL address of a login that may create schemas and roles')
    .option('--create-logins', 'also makes the logins that DATABASE_URL, JOBS_DATABASE_URL and LAKE_DATABASE_URL name')
    .action(prepare)
}

async function prepare({ ownerUrl, createLogins: wanted }: Prepare): Promise<void> {
  const logins = loginsIn(readEnvironment(), { required: wanted === true })
  await requireOwner(ownerUrl)
  const { applied } = await prepareDatabase(ownerUrl)
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database was at this version already.')
  if (!wanted) return console.log(loginSql(logins))
  for (const { login, group, made } of await createLogins(ownerUrl, logins))
    console.log(`${made ? 'Created' : 'Renewed'} ${login}, member of ${group}, with the password in its URL.`)
}

const OLDEST = 160_000

/** Looks before anything is changed. */
async function requireOwner(ownerUrl: string): Promise<void> {
  if (!/^postgres(ql)?:\/\//.test(ownerUrl))
    throw new CommandRefused('--owner-url must look like postgres://OWNER:PASSWORD@HOST:5432/DATABASE.')
  const client = new pg.Client({ connectionString: ownerUrl })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; mayMakeRoles: boolean; mayMakeSchemas: boolean }>(
      `select current_setting('server_version_num') as version, rolsuper or rolcreaterole as "mayMakeRoles",
         has_database_privilege(current_database(), 'create') as "mayMakeSchemas" from pg_roles where rolname = current_user`,
    )
    const found = rows[0]
    if (Number(found?.version) < OLDEST) throw new CommandRefused('Sidedesk needs PostgreSQL 16 or newer.')
    if (!found?.mayMakeRoles || !found.mayMakeSchemas)
      throw new CommandRefused(
        'This login may not create roles and schemas. Use the database owner with CREATEROLE, or a superuser.',
      )
  } catch (error) {
    if (error instanceof CommandRefused) throw error
    const { says, todo } = inWords(error, ownerUrl)
    throw new CommandRefused(`${says}\n${todo}`)
  } finally {
    await client.end()
  }
}
