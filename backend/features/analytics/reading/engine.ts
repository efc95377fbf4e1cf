import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { type Crew, createCrew } from './crew.ts'

export type Row = Readonly<Record<string, string | number | boolean | null>>

/** What is bound to a statement. Instants are milliseconds. */
export type Values = Readonly<Record<string, string | number | readonly string[] | null>>

/** Of one engine. Its memory is shared by its connections; nothing of it ever goes to a disk. */
const LIMITS = { memory_limit: '384MB', threads: '1', temp_directory: '' }

/** What an engine may not do in any case: fetch extensions, or keep parts in memory that the system keeps anyway. */
const SWITCHES = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  enable_external_file_cache: 'false',
}

/** One DuckDB in memory, which can read the files of one folder and do nothing else with the outside. */
export type Engine = {
  connect(): Promise<DuckDBConnection>
  crew: Crew
  close(): void
}

/**
 * @param folder of one workspace: everything else is out of reach for whatever SQL runs here, for good
 */
export async function openEngine(folder: string): Promise<Engine> {
  const { DuckDBInstance } = await import('@duckdb/node-api') // a process without figures does not carry the engine
  const instance = await DuckDBInstance.create(':memory:', { ...LIMITS, ...SWITCHES })
  try {
    await lockInto(instance, folder)
  } catch (error) {
    instance.closeSync()
    throw error
  }
  return {
    connect: () => instance.connect(),
    crew: createCrew(),
    close: () => instance.closeSync(),
  }
}

async function lockInto(instance: DuckDBInstance, folder: string): Promise<void> {
  const connection = await instance.connect()
  await connection.run(`set allowed_directories = [${quoted(`${folder}/`)}]`)
  await connection.run('set enable_external_access = false')
  await connection.run("set allowed_configs = ['threads']")
  await connection.run('set lock_configuration = true')
  connection.closeSync()
}

/** A text of ours as SQL: paths of parts and names of views. What people type is only ever bound. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** @returns the rows of a statement whose columns are texts, numbers (double, integer) and booleans */
export async function rowsOf(connection: DuckDBConnection, sql: string, values: Values): Promise<Row[]> {
  const { listValue } = await import('@duckdb/node-api')
  const bound = Object.entries(values).map(([name, value]) => [name, isList(value) ? listValue([...value]) : value])
  const reader = await connection.runAndReadAll(sql, Object.fromEntries(bound))
  return reader.getRowObjectsJS() as Row[]
}

const isList = (value: Values[string]): value is readonly string[] => Array.isArray(value)
