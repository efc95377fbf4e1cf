import type { Clock } from '../seed.ts'
import { type Claims, type SigningKey, sign } from './jwt.ts'

export const ISSUER = 'https://accounts.google.com'

export interface Identity {
  email: string
  sub: string
  aud: string
  hd?: string
  emailVerified?: boolean
  /** Seconds the token holds; negative for one that has already ended. */
  ttl?: number
  extra?: Claims
}

/** An OpenID Connect token as Google signs it for an add-on's user. */
export function identityToken(key: SigningKey, identity: Identity, clock: Clock): string {
  const now = Math.floor(clock.now().getTime() / 1000)
  const { email, sub, aud, hd, emailVerified = true, ttl = 3600, extra } = identity
  return sign(key, {
    iss: ISSUER,
    aud,
    azp: aud,
    sub,
    ...(hd ? { hd } : {}),
    email,
    email_verified: emailVerified,
    iat: Math.min(now, now + ttl - 1),
    exp: now + ttl,
    ...extra,
  })
}
