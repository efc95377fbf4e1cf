import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'

/** A DuckDB of its own that makes parts: nothing in it outlives it, and what does not fit into memory goes to `folder`. */
export type Engine = {
  /** Where what is made lies until it is whole. */
  folder: string
  run(sql: string): Promise<void>
  rows(sql: string): Promise<Record<string, unknown>[]>
  /** Hands columns over, with a few thousand rows at a time. */
  each(sql: string, take: (columns: readonly (readonly unknown[])[]) => Promise<void>): Promise<void>
  close(): Promise<void>
}

export type EngineLimits = { memory: string; threads: number }

/** @param folder is emptied, and taken away at the end */
export async function openEngine(folder: string, { memory, threads }: EngineLimits): Promise<Engine> {
  const { DuckDBInstance } = await import('@duckdb/node-api') // a process without figures does not carry the engine
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memory,
    threads: String(threads),
    temp_directory: join(folder, 'spill'),
    preserve_insertion_order: 'false',
  })
  const connection: DuckDBConnection = await instance.connect()
  return {
    folder,
    async run(sql) {
      await connection.run(sql)
    },
    async rows(sql) {
      return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, unknown>[]
    },
    async each(sql, take) {
      const result = await connection.stream(sql)
      for (;;) {
        const chunk = await result.fetchChunk()
        if (!chunk || chunk.rowCount === 0) return
        await take(chunk.getColumns())
      }
    },
    async close() {
      connection.closeSync()
      instance.closeSync()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A string of SQL. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`
