import { schemaDifference } from './schema/difference.ts'

const difference = await schemaDifference()
if (difference !== undefined) {
  console.error(
    `prisma/migrations and the schema differ. node toolchain/new-migration.ts NAME would write:\n\n${difference}`,
  )
  process.exitCode = 1
}
