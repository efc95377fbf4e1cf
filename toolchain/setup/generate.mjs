import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, SetupError, tell } from './root.mjs'

const STAMP = join(ROOT, 'backend/generated/schema.sha256')

/** Generates the Prisma client when the schema or Prisma changed. */
export async function generate({ path, env }) {
  const hash = schemaHash()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return
  tell('Generating the database client ...')
  const { status } = spawnSync(path, ['toolchain/generate.ts'], { cwd: ROOT, env, stdio: 'inherit' })
  if (status !== 0) throw new SetupError('The database client could not be generated from prisma/.')
  mkdirSync(join(ROOT, 'backend/generated'), { recursive: true })
  writeFileSync(STAMP, hash)
}

function schemaHash() {
  const folder = join(ROOT, 'prisma')
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.prisma'))
  const hash = createHash('sha256')
  for (const name of files.sort()) hash.update(`${name}\n${readFileSync(join(folder, name), 'utf8')}`)
  return hash.update(readFileSync(join(ROOT, 'node_modules/prisma/package.json'))).digest('hex')
}
