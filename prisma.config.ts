import { defineConfig } from 'prisma/config'

/** The database's address is never read from here: migrations are applied by the product (docs/decisions/003-migrations.md). */
export default defineConfig({ schema: 'prisma', migrations: { path: 'prisma/migrations' } })
