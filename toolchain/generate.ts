import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Writes the Prisma client. Any existing file passes for the schema engine, which generating never runs and which would be downloaded. */
const { status, stdout, stderr } = spawnSync(
  process.execPath,
  [fileURLToPath(import.meta.resolve('prisma/build/index.js')), 'generate'],
  {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  },
)
if (status !== 0) console.error(`${stdout}${stderr}`)
process.exitCode = status ?? 1
