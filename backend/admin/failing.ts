import { ConfigRefused } from '../config.ts'
import { MigrationRefused } from '../platform/db/migrations.ts'
import { DeskError } from '../platform/errors.ts'

/** A command that cannot do what was asked; the message says why, and what to do. */
export class CommandRefused extends Error {
  override name = 'CommandRefused'
}

/** Prints a failure for people; only what nobody expected shows its stack. Exit codes: 1 refused, 78 bad configuration. */
export function exitWith(error: unknown): void {
  process.exitCode = error instanceof ConfigRefused ? 78 : 1
  console.error(expected(error) ? error.message : error)
  if (error instanceof ConfigRefused)
    console.error(
      'docs/guides/deployment.md says what each variable means. Put them into the environment or into .env.',
    )
}

const expected = (error: unknown): error is Error =>
  [ConfigRefused, MigrationRefused, DeskError, CommandRefused].some((known) => error instanceof known)
