import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import { DeskError } from './errors.ts'

/** A person whom Google vouches for. */
export type GoogleIdentity = { sub: string; email: string; domain: string; name: string | undefined }

export type GoogleTokens = {
  /**
   * An identity token of a Workspace user, as `ScriptApp.getIdentityToken()` gives it (facts/workspace-addon.md section 4).
   * @throws DeskError unauthenticated
   */
  identity(token: string): Promise<GoogleIdentity>
  /**
   * The identity token that Google gives for the code of a sign-in to our pages.
   * @param nonce what this sign-in was begun with, so that a token of another one is no use
   * @throws DeskError unauthenticated
   */
  signIn(token: string, nonce: string): Promise<GoogleIdentity>
  /**
   * The OIDC token of a Pub/Sub push: https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
   * @throws DeskError unauthenticated
   */
  pubSub(token: string): Promise<void>
}

const Claims = z.object({
  sub: z.string().min(1),
  email: z.email(),
  email_verified: z.literal(true),
  hd: z.string().min(1),
  name: z.string().optional(),
})
const PushClaims = z.object({ email: z.string(), email_verified: z.literal(true) })

/** Seconds that clocks may differ. */
const SKEW = 60

/**
 * Verifies what Google signed, against its published keys.
 * @param settings.now the platform clock, so that tests and the demo travel
 */
export function googleTokens(settings: {
  certsUrl: string
  issuers: string[]
  addonAudiences: string[]
  signInAudience: string
  pushAudience: string
  pushAccount: string
  now: () => Date
}): GoogleTokens {
  const keys = createRemoteJWKSet(new URL(settings.certsUrl), { timeoutDuration: 5_000 })
  const verify = async (token: string, audience: string[]): Promise<JWTPayload> => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        audience,
        issuer: settings.issuers,
        algorithms: ['RS256'],
        clockTolerance: SKEW,
        currentDate: settings.now(),
        requiredClaims: ['exp', 'iat', 'sub'],
        maxTokenAge: '24h',
      })
      return payload
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError))
        throw new DeskError('unavailable', "Google's signing keys cannot be read right now. Try again in a minute.", {
          cause: error,
        })
      throw new DeskError('unauthenticated', 'Your Google sign-in could not be verified. Reload Gmail and try again.', {
        cause: error,
      })
    }
  }
  return {
    identity: async (token) => identityIn(await verify(token, settings.addonAudiences)),
    async signIn(token, nonce) {
      const claims = await verify(token, [settings.signInAudience])
      if (claims['nonce'] !== nonce)
        throw new DeskError('unauthenticated', 'This sign-in was begun somewhere else. Begin again.')
      return identityIn(claims)
    },
    async pubSub(token) {
      const claims = PushClaims.safeParse(await verify(token, [settings.pushAudience]))
      if (!claims.success || claims.data.email !== settings.pushAccount)
        throw new DeskError('unauthenticated', 'This push was not sent by the configured Pub/Sub subscription.')
    },
  }
}

function identityIn(payload: JWTPayload): GoogleIdentity {
  const claims = Claims.safeParse(payload)
  if (!claims.success)
    throw new DeskError('unauthenticated', 'This Google account is not a verified Workspace account.', {
      cause: claims.error,
    })
  const { sub, email, hd, name } = claims.data
  return { sub, email, domain: hd.toLowerCase(), name }
}
