import type { Gid } from '../store/records/ids.ts'

/** The app that calls, in the shop it calls. */
export interface AppSession {
  id: Gid
  clientId: string
  name: string
  scopes: Set<string>
  /** Offline tokens are the app's own; some mutations accept no others. */
  offline: boolean
  token: string
}

/** A write scope includes reading. */
export const holds = (scopes: Set<string>, wanted: string) =>
  scopes.has(wanted) || (wanted.startsWith('read_') && scopes.has(wanted.replace('read_', 'write_')))
