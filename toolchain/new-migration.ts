import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PRISMA, schemaDifference } from './schema/difference.ts'

const name = process.argv[2] ?? ''
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: node toolchain/new-migration.ts NAME   (lower case, digits and underscores)')
  process.exit(2)
}
const difference = await schemaDifference()
if (difference === undefined) console.log('The migrations already make what the schema says.')
else
  console.log(
    `Written: ${await write(difference)}\nRead it, and add what Prisma cannot say: policies, grants, checks, partial indexes.`,
  )

async function write(sql: string): Promise<string> {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = join(PRISMA, 'migrations', `${stamp}_${name}`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'migration.sql'), sql)
  return join(folder, 'migration.sql')
}
