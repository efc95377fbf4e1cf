import { randomBytes } from 'node:crypto'
import { ScriptError } from '../realm/script-error.ts'

type Grant = { email: string; messageId: string; threadId: string; expiresMs: number }

/** Gmail's lifetime of these tokens is not documented; one hour is that of its other access tokens. */
const LIFETIME_MS = 3_600_000
const MOST_KEPT = 10_000

/** The short-lived tokens that come with an event and open one message and its thread to one user. Ids are REST ids. */
export function messageTokens(clock: { now(): Date }) {
  const grants = new Map<string, Grant>()
  return {
    issue(grant: Omit<Grant, 'expiresMs'>): string {
      const token = randomBytes(24).toString('base64url')
      grants.set(token, { ...grant, expiresMs: clock.now().getTime() + LIFETIME_MS })
      for (const oldest of grants.keys()) if (grants.size > MOST_KEPT) grants.delete(oldest)
      return token
    },
    open(token: string, email: string): Grant {
      const grant = grants.get(token)
      if (!grant || grant.email !== email) throw new ScriptError('Invalid current message access token.')
      if (grant.expiresMs <= clock.now().getTime())
        throw new ScriptError('Access denied: the current message access token has expired.')
      return grant
    },
  }
}
