import pg from 'pg'
import type { Logins } from '../../workbench/postgres/logins.ts'
import type { Postgres } from '../../workbench/postgres.ts'

export const TEMPLATE = 'sidedesk_template'

export interface TestServer {
  postgres: Postgres | undefined
  /** What the run's processes share as files. */
  folder: string
}

type Announcement = { url: string; logins: Logins } | { problem: string }

/** The environment is all that jest hands from its set-up to its workers. */
export const announce = (announcement: Announcement) => {
  process.env['SIDEDESK_TEST_POSTGRES'] = JSON.stringify(announcement)
}

export const announceFolder = (folder: string) => {
  process.env['SIDEDESK_TEST_FOLDER'] = folder
}

/** The run's own folder, which every account may pass through; gone when the run ends. */
export function runFolder(): string {
  const folder = process.env['SIDEDESK_TEST_FOLDER']
  if (folder === undefined) throw new Error('No folder of the run: run the tests with jest and its global set-up.')
  return folder
}

/** The run's server; throws what went wrong in the set-up. */
export function announced(): { url: string; logins: Logins } {
  const text = process.env['SIDEDESK_TEST_POSTGRES']
  if (text === undefined) throw new Error('No test database: run the tests with jest and its global set-up.')
  const announcement = JSON.parse(text) as Announcement
  if ('problem' in announcement) throw new Error(`The test database could not be prepared: ${announcement.problem}`)
  return announcement
}

/** Runs one statement that must stand outside a transaction, such as CREATE DATABASE. */
export async function runOnServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
