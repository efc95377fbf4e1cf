import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Postgres, startPostgres } from '../postgres.ts'

/** A server for throw-away data: fast rather than safe, and gone with everything in it when stopped. */
export async function startTemporaryPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'sidedesk-postgres-'))
  await chmod(folder, 0o711)
  const postgres = await startPostgres({ dataDir: join(folder, 'data'), durable: false })
  const stop = async () => {
    await postgres.stop()
    await rm(postgres.dataDir, { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  }
  return { ...postgres, stop }
}
