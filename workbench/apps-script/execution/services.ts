import type { HostApp, Manifest } from '../manifest.ts'
import type { Realm } from '../realm/realm.ts'
import type { Permissions } from '../scopes.ts'
import type { GoogleUser } from '../user.ts'
import type { Ask } from './questions.ts'

export type LogLine = { severity: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR'; text: string }

/** What the services of one execution share. */
export type Services = {
  readonly realm: Realm
  readonly ask: Ask
  readonly permissions: Permissions
  readonly manifest: Manifest
  readonly user: GoogleUser
  readonly hostApp: HostApp
  /** The spreadsheet beside the panel. */
  readonly spreadsheet: string | null
  readonly log: (line: LogLine) => void
}
