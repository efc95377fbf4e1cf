import { randomBytes } from 'node:crypto'
import type { Ground } from '../ground.ts'
import type { Token } from '../store/entries.ts'

/** Seconds that a token works: by client credentials, of an expiring pair, and its refresh token. */
export const DAY = 86_399
export const HOUR = 3600
export const QUARTER = 90 * 86_400

/** A new token of an app in a shop; `seconds` null does not end. */
export function newToken(
  ground: Ground,
  kind: Token['kind'],
  of: { shop: string; clientId: string },
  seconds: number | null,
  more: Pick<Token, 'replaces' | 'online'> = {},
): Token {
  const prefix = kind === 'access' ? 'shpat' : 'shprt'
  return {
    kind,
    value: `${prefix}_${randomBytes(16).toString('hex')}`,
    shop: of.shop,
    clientId: of.clientId,
    expires: seconds === null ? null : ground.now().getTime() + seconds * 1000,
    ...more,
  }
}

/** The token's own record while it works. */
export function tokenOf(ground: Ground, value: string, kind: Token['kind']): Token | undefined {
  const token = ground.store.state.tokens.get(value)
  if (token?.kind !== kind) return undefined
  return token.expires === null || token.expires > ground.now().getTime() ? token : undefined
}

/** Every token of an app in a shop. */
export const tokensOf = (ground: Ground, shop: string, clientId: string): Token[] =>
  [...ground.store.state.tokens.values()].filter((token) => token.shop === shop && token.clientId === clientId)
