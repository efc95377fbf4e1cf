import { createHash } from 'node:crypto'
import { z } from 'zod'
import { DeskError } from '../../platform/errors.ts'

/** Google's addresses and the OAuth client that people sign in with. */
export type SignInClient = {
  authUrl: string
  tokenUrl: string
  clientId: string
  clientSecret: string
  redirectUri: string
}

const PATIENCE_MS = 10_000

/**
 * Where a browser goes to sign in: OpenID Connect's code flow with PKCE. developers.google.com/identity/openid-connect
 * @param proof.verifier 43 to 128 characters that only whoever begins the sign-in knows
 * @param choose asks which account, even when there is one only
 */
export function signInUrl(
  { authUrl, clientId, redirectUri }: SignInClient,
  proof: { state: string; nonce: string; verifier: string },
  choose: boolean,
): string {
  const url = new URL(authUrl)
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid email profile',
    state: proof.state,
    nonce: proof.nonce,
    code_challenge: createHash('sha256').update(proof.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(choose && { prompt: 'select_account' }),
  }).toString()
  return url.href
}

const Granted = z.object({ id_token: z.string().min(1) })

/**
 * Exchanges the code of a sign-in, which works once.
 * @returns the identity token; whoever takes it verifies it
 * @throws DeskError unauthenticated for a code that is used, old or of another browser; unavailable when Google does not answer
 */
export async function exchangeCode(client: SignInClient, code: string, verifier: string): Promise<string> {
  const response = await fetch(client.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: client.redirectUri,
      client_id: client.clientId,
      client_secret: client.clientSecret,
    }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((cause: unknown) => {
    throw new DeskError('unavailable', "Google's sign-in cannot be reached right now. Try again in a minute.", {
      cause,
    })
  })
  const body: unknown = await response.json().catch(() => null)
  const granted = Granted.safeParse(body)
  if (response.ok && granted.success) return granted.data.id_token
  if (response.status >= 500)
    throw new DeskError('unavailable', "Google's sign-in does not work right now. Try again in a minute.")
  throw new DeskError('unauthenticated', 'Google did not accept this sign-in. Begin again.')
}
