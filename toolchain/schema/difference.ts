import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from '../../backend/platform/db/migrations.ts'
import { startTemporaryPostgres } from '../../workbench/postgres/temporary.ts'
import { openEngine } from './engine.ts'

export const PRISMA = fileURLToPath(new URL('../../prisma/', import.meta.url))

/** The SQL that would bring a database made by the migrations to what the schema says; undefined when they agree. */
export async function schemaDifference(prisma: string = PRISMA): Promise<string | undefined> {
  const postgres = await startTemporaryPostgres()
  try {
    await migrate(postgres.url, join(prisma, 'migrations'))
    return await difference(postgres.url, prisma)
  } finally {
    await postgres.stop()
  }
}

async function difference(url: string, prisma: string): Promise<string | undefined> {
  const files = await readSchema(prisma)
  const { engine, close } = await openEngine(url)
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: prisma },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    })
    return exitCode === 0 ? undefined : (stdout ?? '')
  } finally {
    engine.free()
    await close()
  }
}

async function readSchema(prisma: string): Promise<{ path: string; content: string }[]> {
  const names = (await readdir(prisma, { recursive: true })).filter((name) => name.endsWith('.prisma'))
  return Promise.all(names.sort().map(async (path) => ({ path, content: await readFile(join(prisma, path), 'utf8') })))
}
