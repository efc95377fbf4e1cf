import { cpus, totalmem } from 'node:os'
import pg from 'pg'

const SETTINGS = [
  'server_version',
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'shared_buffers',
  'max_wal_size',
  'checkpoint_timeout',
  'wal_compression',
]

/** What the figures were measured on; durability is PostgreSQL's own. */
export async function surroundingsOf(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query<{ name: string; setting: string }>(
    'select name, current_setting(name) as setting from pg_settings where name = any($1)',
    [SETTINGS],
  )
  await client.end()
  const set = (name: string) => rows.find((row) => row.name === name)?.setting ?? '?'
  const [cpu] = cpus()
  return [
    `${cpus().length} x ${cpu?.model.trim() ?? 'unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform} ${process.arch}`,
    `Node ${process.versions.node}, PostgreSQL ${set('server_version')}`,
    SETTINGS.slice(1)
      .map((name) => `${name} ${set(name)}`)
      .join(', '),
  ].join('\n')
}
