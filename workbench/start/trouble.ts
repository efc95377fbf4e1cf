import { ConfigRefused } from '../../backend/config.ts'
import { MigrationRefused } from '../../backend/platform/db/migrations.ts'
import { PostgresUnavailable } from '../postgres.ts'
import { Unfit } from './unfit.ts'

const EXPECTED = [Unfit, PostgresUnavailable, MigrationRefused, ConfigRefused]

/** One sentence for what a person can put right, the whole story for what only we can. */
export function troubleIn(error: unknown): string {
  if (EXPECTED.some((kind) => error instanceof kind)) return (error as Error).message
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'ENOSPC') return 'The disk is full. Make room and start again.'
  if (code === 'EACCES' || code === 'EPERM') return `Not allowed: ${(error as Error).message}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
