import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { SCOPE } from '../../../workbench/emulators/google/gmail/scopes.ts'
import type { Google } from '../../../workbench/emulators/google/google.ts'
import { ARCHIVE, clientFor, inFolder, NORA, refusalOf, seed, start, travelling } from './start.ts'

const account = generateKeyPairSync('rsa', { modulusLength: 2048 })
const robot = 'desk@project.iam.gserviceaccount.com'
const withRobot = {
  ...seed,
  serviceAccounts: [
    {
      email: robot,
      clientId: '42',
      publicKey: account.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      scopes: [SCOPE.modify],
    },
  ],
}
const clock = travelling()
let google: Google

beforeEach(async () => {
  google = await start({ clock, seed: withRobot })
})

afterEach(() => google.close())

interface Reply {
  access_token?: string
  refresh_token?: string
  id_token?: string
  error?: string
}

const grant = async (form: Record<string, string>, at = google) => {
  const response = await fetch(`${at.url}/token`, { method: 'POST', body: new URLSearchParams(form) })
  return { ...((await response.json()) as Reply), status: response.status }
}

const refresh = (refresh_token: string, at = google) =>
  grant({ grant_type: 'refresh_token', refresh_token, client_id: 'desk-client', client_secret: 'desk-secret' }, at)

const works = async (token: string | undefined, email: string) =>
  (await clientFor(google, email, token ?? '').users.getProfile({ userId: 'me' })).data.emailAddress === email

test('a refresh token opens the mailbox until it is revoked', async () => {
  const granted = await refresh('seeded-refresh')
  expect(await works(granted.access_token, ARCHIVE)).toBe(true)
  google.users.revoke(ARCHIVE)
  expect(await refresh('seeded-refresh')).toMatchObject({ status: 400, error: 'invalid_grant' })
  const call = clientFor(google, ARCHIVE, granted.access_token ?? '').users.getProfile({ userId: 'me' })
  expect((await refusalOf(call)).status).toBe(401)
})

test('a client must know its secret', async () => {
  const form = { grant_type: 'refresh_token', refresh_token: 'seeded-refresh', client_id: 'desk-client' }
  expect(await grant({ ...form, client_secret: 'wrong' })).toMatchObject({ status: 401, error: 'invalid_client' })
  expect(await grant({ ...form, client_id: 'nobody' })).toMatchObject({ status: 401, error: 'invalid_client' })
})

test('the token endpoint can fail as well', async () => {
  google.faults.add({ method: 'oauth.token', kind: '503' })
  expect((await refresh('seeded-refresh')).status).toBe(503)
  expect((await refresh('seeded-refresh')).status).toBe(200)
})

test('an installed app gets its tokens over loopback with PKCE, and a code works once', async () => {
  const verifier = randomBytes(32).toString('base64url')
  const redirect_uri = 'http://127.0.0.1:45678/done'
  const asked = new URLSearchParams({
    client_id: 'admin-cli',
    redirect_uri,
    response_type: 'code',
    scope: `openid ${SCOPE.readonly}`,
    state: 'xyz',
    nonce: 'n-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const page = await fetch(`${google.url}/o/oauth2/v2/auth?${asked}`)
  expect(await page.text()).toContain(NORA)
  const chosen = await fetch(`${google.url}/o/oauth2/v2/auth?${asked}&account=${NORA}`, { redirect: 'manual' })
  const back = new URL(chosen.headers.get('location') ?? '')
  expect(back.origin + back.pathname).toBe(redirect_uri)
  expect(back.searchParams.get('state')).toBe('xyz')
  const form = {
    grant_type: 'authorization_code',
    client_id: 'admin-cli',
    redirect_uri,
    code: back.searchParams.get('code') ?? '',
  }

  const granted = await grant({ ...form, code_verifier: verifier })
  expect(await works(granted.access_token, NORA)).toBe(true)
  expect(granted.refresh_token).toBeTruthy()
  expect(decodeJwt(granted.id_token ?? '')).toMatchObject({
    email: NORA,
    aud: 'admin-cli',
    nonce: 'n-1',
    hd: 'honeyhill.example',
  })
  expect(await grant({ ...form, code_verifier: verifier })).toMatchObject({ status: 400, error: 'invalid_grant' })
})

test('a code is worth nothing without its verifier', async () => {
  const query = `client_id=admin-cli&redirect_uri=http://localhost:1/&response_type=code&scope=openid&code_challenge=abc&code_challenge_method=S256&account=${NORA}`
  const chosen = await fetch(`${google.url}/o/oauth2/v2/auth?${query}`, { redirect: 'manual' })
  const code = new URL(chosen.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', client_id: 'admin-cli', redirect_uri: 'http://localhost:1/', code }
  expect(await grant({ ...form, code_verifier: 'guess' })).toMatchObject({ error: 'invalid_grant' })
})

test('a redirect to a place nobody registered is refused', async () => {
  const query = 'client_id=desk-client&redirect_uri=https://evil.example/&response_type=code&scope=openid'
  const response = await fetch(`${google.url}/o/oauth2/v2/auth?${query}`, { redirect: 'manual' })
  expect(await response.json()).toMatchObject({ error: 'redirect_uri_mismatch' })
})

const assertion = (claims: Record<string, unknown>, key = account.privateKey) => {
  const now = Math.floor(clock.now().getTime() / 1000)
  const whole = { iss: robot, aud: `${google.url}/token`, iat: now, exp: now + 3600, scope: SCOPE.modify, ...claims }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const content = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(whole)}`
  return `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`
}

const jwtGrant = (token: string) =>
  grant({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: token })

test('a service account speaks for a user within the scopes the administrator delegated', async () => {
  const granted = await jwtGrant(assertion({ sub: NORA }))
  expect(await works(granted.access_token, NORA)).toBe(true)
  expect(await jwtGrant(assertion({ sub: NORA, scope: SCOPE.mail }))).toMatchObject({
    status: 401,
    error: 'unauthorized_client',
  })
  expect(await jwtGrant(assertion({ sub: 'nobody@honeyhill.example' }))).toMatchObject({ error: 'invalid_grant' })
})

test('a forged, old or misdirected assertion is refused', async () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  expect(await jwtGrant(assertion({ sub: NORA }, other))).toMatchObject({
    error: 'invalid_grant',
    error_description: 'Invalid JWT Signature.',
  })
  expect(await jwtGrant(assertion({ sub: NORA, iat: 1, exp: 3600 }))).toMatchObject({ error: 'invalid_grant' })
  expect(await jwtGrant(assertion({ sub: NORA, aud: 'https://evil.example/token' }))).toMatchObject({
    error: 'invalid_grant',
  })
})

test('an identity token verifies against the published keys and carries the stable account number', async () => {
  const token = google.users.identityToken(NORA, 'addon-client')
  const keys = createRemoteJWKSet(new URL(`${google.url}/oauth2/v3/certs`))
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    audience: 'addon-client',
    issuer: 'https://accounts.google.com',
  })
  expect(payload).toMatchObject({
    email: NORA,
    email_verified: true,
    hd: 'honeyhill.example',
    sub: google.users.get(NORA).sub,
  })
  const certs = (await (await fetch(`${google.url}/oauth2/v1/certs`)).json()) as Record<string, string>
  expect(certs[protectedHeader.kid ?? '']).toContain('BEGIN')
  const old = google.mintIdentityToken({ email: NORA, sub: '1', aud: 'a', ttl: -1 })
  await expect(jwtVerify(old, keys, { audience: 'a' })).rejects.toThrow('exp')
})

test('keys, subjects, granted and revoked tokens are the same after a restart', () =>
  inFolder(async (dataDir) => {
    const first = await start({ dataDir, clock })
    const identity = first.users.identityToken(NORA, 'addon-client')
    const access = first.users.accessToken(NORA)
    first.users.revoke(ARCHIVE)
    await first.close()
    const second = await start({ dataDir, clock })
    const keys = createRemoteJWKSet(new URL(`${second.url}/oauth2/v3/certs`))
    const { payload } = await jwtVerify(identity, keys, { audience: 'addon-client' })
    expect(payload.sub).toBe(second.users.get(NORA).sub)
    await clientFor(second, NORA, access).users.getProfile({ userId: 'me' })
    expect(await refresh('seeded-refresh', second)).toMatchObject({ error: 'invalid_grant' })
    await second.close()
  }))
