import { randomBytes } from 'node:crypto'
import type { Ground } from '../ground.ts'
import type { Token } from '../store/entries.ts'

/** A new access token of an app in a shop; `seconds` null does not end. */
export const accessToken = (ground: Ground, shop: string, clientId: string, seconds: number | null): Token => ({
  kind: 'access',
  value: `shpat_${randomBytes(16).toString('hex')}`,
  shop,
  clientId,
  expires: seconds === null ? null : ground.now().getTime() + seconds * 1000,
})

/** The token's own record while it works. */
export function tokenOf(ground: Ground, value: string, kind: Token['kind']): Token | undefined {
  const token = ground.store.state.tokens.get(value)
  if (token?.kind !== kind) return undefined
  return token.expires === null || token.expires > ground.now().getTime() ? token : undefined
}
