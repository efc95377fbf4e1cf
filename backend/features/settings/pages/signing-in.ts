import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { exchangeCode, type SignInClient, signInUrl } from '../../../clients/google/index.ts'
import type { Ctx } from '../../../context.ts'
import { hashOf, sameText } from '../../../platform/crypto.ts'
import { DeskError } from '../../../platform/errors.ts'
import { openSession } from '../page-sessions.ts'
import { staffActor } from '../signing-in.ts'

export const SIGN_IN = '/sign-in'
export const SIGNED_IN = '/signed-in'

/** Choosing an account and typing a password. */
export const BEGUN_MS = 15 * 60_000

/** Bytes whose derived values PKCE takes: a verifier has 43 characters or more. */
const PROOF_BYTES = 32

const State = z.object({ to: z.string(), until: z.number(), seed: z.string() })

/**
 * Begins a sign-in. The browser keeps `seed`; the state names its hash, nonce and verifier are derived from it, so that the way
 * back works in the same browser only, and once.
 * @param to a path of ours, where the person wanted to go
 */
export function beginSignIn(ctx: Ctx, to: string, choose: boolean): { url: string; seed: string } {
  const seed = randomBytes(PROOF_BYTES).toString('base64url')
  const until = ctx.clock.now().getTime() + BEGUN_MS
  const content = Buffer.from(JSON.stringify({ to: ownPath(to), until, seed: hashOf(seed) })).toString('base64url')
  const state = `${content}.${ctx.signer.mac('sign-in-state', content, PROOF_BYTES)}`
  return { url: signInUrl(clientOf(ctx), { state, ...proofOf(ctx, seed) }, choose), seed }
}

/**
 * Ends a sign-in.
 * @param back what Google put into the address
 * @param seed what this browser was given when it began; empty when nothing
 * @returns what the browser keeps as its session, and the path where the person wanted to go
 * @throws DeskError unauthenticated, unknown_staff, or unavailable when Google does not answer
 */
export async function endSignIn(
  ctx: Ctx,
  back: { code: unknown; state: unknown },
  seed: string,
): Promise<{ session: string; to: string }> {
  const to = wayOf(ctx, back.state, seed)
  if (to === null || typeof back.code !== 'string')
    throw new DeskError('unauthenticated', 'This sign-in is too old, or was begun in another browser. Begin again.')
  const { nonce, verifier } = proofOf(ctx, seed)
  const token = await exchangeCode(clientOf(ctx), back.code, verifier)
  const actor = await staffActor(ctx, await ctx.googleTokens.signIn(token, nonce))
  return { session: await openSession(ctx, actor), to }
}

function wayOf({ signer, clock }: Ctx, state: unknown, seed: string): string | null {
  const [content = '', mac = ''] = typeof state === 'string' ? state.split('.') : []
  if (!signer.verify('sign-in-state', content, mac, PROOF_BYTES)) return null
  const begun = State.parse(JSON.parse(Buffer.from(content, 'base64url').toString('utf8')))
  return sameText(begun.seed, hashOf(seed)) && begun.until > clock.now().getTime() ? begun.to : null
}

const proofOf = ({ signer }: Ctx, seed: string) => ({
  nonce: signer.mac('sign-in-nonce', seed, PROOF_BYTES),
  verifier: signer.mac('sign-in-verifier', seed, PROOF_BYTES),
})

const clientOf = ({ config: { google, http } }: Ctx): SignInClient => ({
  authUrl: google.authUrl,
  tokenUrl: google.tokenUrl,
  ...google.signIn,
  redirectUri: `${http.pagesUrl}${SIGNED_IN}`,
})

const NOWHERE = 'https://nowhere.invalid'

/** Only the path counts, so that no address sends anybody away from here. */
export function ownPath(wanted: string): string {
  if (!wanted.startsWith('/') || !URL.canParse(wanted, NOWHERE)) return '/'
  const { origin, pathname, search } = new URL(wanted, NOWHERE)
  return origin === NOWHERE && !pathname.startsWith('//') ? pathname + search : '/'
}
