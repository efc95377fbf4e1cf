import { randomBytes } from 'node:crypto'
import type { Clock, GoogleSeed, SeedRefreshToken } from '../seed.ts'
import type { Token } from '../store/entries.ts'
import type { Store } from '../store/store.ts'

export const ACCESS_SECONDS = 3599

export type Tokens = ReturnType<typeof tokensOf>

/** Access and refresh tokens, kept in the journal; what is unknown, revoked or expired opens nothing. */
export function tokensOf(store: Store, clock: Clock, seed: GoogleSeed) {
  const kept = store.state.tokens
  const seeded = new Map((seed.refreshTokens ?? []).map((given) => [given.token, refreshToken(given)]))

  const issue = (kind: Token['kind'], email: string, scopes: string[], clientId: string, seconds?: number): Token => {
    const value = `${kind === 'access' ? 'ya29.' : '1//0'}${randomBytes(60).toString('base64url')}`
    const expires = seconds === undefined ? {} : { expires: clock.now().getTime() + seconds * 1000 }
    const token: Token = { kind, value, email, scopes, clientId, ...expires }
    store.commit([{ t: 'token', token }])
    return token
  }

  return {
    access: (email: string, scopes: string[], clientId: string, seconds = ACCESS_SECONDS) =>
      issue('access', email, scopes, clientId, seconds),
    refresh: (email: string, scopes: string[], clientId: string) => issue('refresh', email, scopes, clientId),
    find(kind: Token['kind'], value: string): Token | undefined {
      const token = kept.get(value) ?? seeded.get(value)
      if (!token || token.kind !== kind || token.clientId === REVOKED) return undefined
      return token.expires !== undefined && token.expires <= clock.now().getTime() ? undefined : token
    },
    /** Ends one token; a refresh token takes the client's access tokens of that user with it. */
    revoke(value: string) {
      const token = kept.get(value) ?? seeded.get(value)
      if (!token) return false
      const fallen = [...kept.values()].filter((t) => t.email === token.email && t.clientId === token.clientId)
      store.commit([...fallen.map((t) => ({ t: 'tokenGone' as const, value: t.value })), ...tombstones([token])])
      return true
    },
    /** What an administrator does: every token of the user ends. */
    revokeUser(email: string) {
      store.commit([{ t: 'revoked', email }, ...tombstones([...seeded.values()].filter((t) => t.email === email))])
    },
  }

  /** A seeded token comes back with each start, so its end is kept as an entry that shadows it. */
  function tombstones(tokens: Token[]) {
    return tokens
      .filter((token) => seeded.has(token.value))
      .map((token) => ({ t: 'token' as const, token: { ...token, clientId: REVOKED, email: '' } }))
  }
}

const REVOKED = '(revoked)'

const refreshToken = ({ token, email, clientId, scopes }: SeedRefreshToken): Token => ({
  kind: 'refresh',
  value: token,
  email: email.toLowerCase(),
  clientId,
  scopes,
})
