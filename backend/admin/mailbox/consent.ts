import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { GMAIL_SCOPES } from '../../clients/gmail/index.ts'
import type { Config } from '../../config.ts'
import { CommandRefused } from '../failing.ts'
import { listenForConsent } from './loopback.ts'

const PATIENCE_MS = 10 * 60_000
const EXCHANGE_MS = 20_000

/**
 * Asks for the archive account's consent in a browser, with PKCE and state.
 * @returns a refresh token that lasts until it is revoked
 */
export async function askForConsent(google: Config['google'], port: number, hint: string | undefined): Promise<string> {
  const verifier = randomBytes(48).toString('base64url')
  const state = randomBytes(24).toString('base64url')
  const loopback = await listenForConsent(state, port, PATIENCE_MS)
  try {
    console.log('Open this address in a browser on this machine, and sign in as the archive account:\n')
    console.log(`${consentUrl(google, { verifier, state, redirectUri: loopback.redirectUri, hint })}\n`)
    const { port: taken } = new URL(loopback.redirectUri)
    console.log(
      `(No browser here? Connect with: ssh -L ${taken}:127.0.0.1:${taken} THIS_MACHINE, then open it on yours.)`,
    )
    const code = await loopback.code
    return await exchange(google, { code, verifier, redirectUri: loopback.redirectUri })
  } finally {
    loopback.close()
  }
}

type Asked = { verifier: string; state: string; redirectUri: string; hint: string | undefined }

/** prompt=consent, because Google gives a refresh token only when somebody consents anew. */
function consentUrl(google: Config['google'], { verifier, state, redirectUri, hint }: Asked): string {
  const url = new URL(google.authUrl)
  url.search = new URLSearchParams({
    client_id: google.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: GMAIL_SCOPES.join(' '),
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    access_type: 'offline',
    prompt: 'consent',
    ...(hint && { login_hint: hint }),
  }).toString()
  return url.href
}

const Granted = z.object({ refresh_token: z.string().min(1).optional(), scope: z.string() })
const Refused = z.object({ error: z.string(), error_description: z.string().optional() })

/** https://developers.google.com/identity/protocols/oauth2/native-app#exchange-authorization-code */
async function exchange(
  google: Config['google'],
  { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
): Promise<string> {
  const response = await fetch(google.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
      client_id: google.clientId,
      client_secret: google.clientSecret,
    }),
    signal: AbortSignal.timeout(EXCHANGE_MS),
  }).catch((error: unknown) => {
    throw new CommandRefused(`${new URL(google.tokenUrl).host} cannot be reached: ${String(error)}`)
  })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new CommandRefused(refusal(response.status, body))
  return refreshTokenIn(Granted.parse(body))
}

function refreshTokenIn({ refresh_token, scope }: z.infer<typeof Granted>): string {
  const missing = GMAIL_SCOPES.filter((wanted) => !scope.split(' ').includes(wanted))
  if (missing.length > 0)
    throw new CommandRefused(
      `Not everything was allowed. Start again and tick every box; missing: ${missing.join(', ')}`,
    )
  if (!refresh_token)
    throw new CommandRefused('Google gave no lasting access. Use an OAuth client of the type "Desktop app".')
  return refresh_token
}

function refusal(status: number, body: unknown): string {
  const { data } = Refused.safeParse(body)
  const told = data ? [data.error, data.error_description].filter(Boolean).join(': ') : `HTTP ${status}`
  const hint =
    data?.error === 'invalid_client'
      ? ' Check GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET.'
      : ' Start again for a new code.'
  return `Google did not exchange the code (${told}).${hint}`
}
