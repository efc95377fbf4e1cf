import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { serve } from '../../backend/app.ts'
import {
  addDomain,
  changeRole,
  deactivateStaff,
  reactivateStaff,
  removeDomain,
} from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { createRateLimiter } from '../../backend/platform/rate-limit.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { tokenIn, visitor } from '../support/visitor.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const bySystem = () => systemOf(desk.workspaceId)
const SESSION = '__Host-sidedesk-session'
const SIGN_IN = '__Host-sidedesk-sign-in'

test('somebody of the staff opens a page, signs in with Google, and is where they wanted to go', async () => {
  const vera = visitor(desk, 'vera')
  const shown = await vera.open('/?from=mail')
  expect(shown).toMatchObject({ status: 200, path: '/?from=mail', text: expect.stringContaining('Vera') })
  expect(vera.cookies.has(SIGN_IN)).toBe(false)
  expect((await vera.ask('/')).status).toBe(200)
})

test('the session is for this host and for no script, and only its hash is stored', async () => {
  const vera = visitor(desk, 'vera')
  const begun = await vera.ask('/sign-in?to=/')
  expect(begun.headers.getSetCookie()[0]).toMatch(
    /^__Host-sidedesk-sign-in=[\w-]{43}; Max-Age=900; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  )
  const shown = await vera.open('/')
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(shown.headers.get('content-security-policy')).not.toContain('script-src')
  expect(shown.headers.get('cache-control')).toBe('no-store')
  const secret = vera.cookies.get(SESSION)?.split('.')[1] ?? 'none'
  const rows = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.pageSession.findMany(), { reads: true })
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain(secret)
})

test('a session ends after twelve hours, by signing out, and when its person leaves', async () => {
  const vera = visitor(desk, 'vera')
  await vera.open('/')
  await desk.travel('13 h')
  expect((await vera.ask('/')).headers.get('location')).toBe('/sign-in?to=%2F')

  await vera.open('/')
  const before = vera.cookies.get(SESSION) ?? ''
  expect((await vera.send('/sign-out', {}, '/')).text).toContain('You are signed out')
  expect(vera.cookies.has(SESSION)).toBe(false)
  vera.cookies.set(SESSION, before)
  expect((await vera.ask('/')).status).toBe(302)
  expect((await desk.events('page_session.closed')).at(-1)).toMatchObject({ actorId: desk.staff.vera.id })

  await vera.open('/')
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.vera.email, bySystem())
  expect((await vera.ask('/')).status).toBe(302)
  await desk.settle()
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.vera.email, bySystem())
  expect((await vera.ask('/')).status).toBe(302)
  await vera.open('/')
})

test('a new role counts at once', async () => {
  const sam = visitor(desk, 'sam')
  await sam.open('/')
  await changeRole(desk.ctx, desk.workspaceId, desk.staff.sam.email, 'supervisor', bySystem())
  expect((await sam.open('/')).status).toBe(200)
  await changeRole(desk.ctx, desk.workspaceId, desk.staff.sam.email, 'agent', bySystem())
})

/** Signs in at Google, up to the address that Google sends the browser back to. */
async function wayBack(who: ReturnType<typeof visitor>, email: string, to = '/'): Promise<URL> {
  const begun = await who.ask(`/sign-in?to=${encodeURIComponent(to)}`)
  const google = await fetch(`${begun.headers.get('location')}&account=${email}`, { redirect: 'manual' })
  return new URL(google.headers.get('location') ?? '')
}

test('the way back works once, soon, and in the browser that began', async () => {
  const [vera, mallory] = [visitor(desk, 'vera'), visitor(desk, 'sam')]
  const address = desk.staff.vera.email
  const back = await wayBack(vera, address)
  const path = back.pathname + back.search

  expect((await mallory.ask(path)).status).toBe(401) // no cookie of a sign-in
  await wayBack(mallory, desk.staff.sam.email)
  expect((await mallory.ask(path)).status).toBe(401) // the cookie of another one
  expect(mallory.cookies.has(SESSION)).toBe(false)

  const seed = vera.cookies.get(SIGN_IN) ?? ''
  expect((await vera.ask(path)).status).toBe(303)
  vera.cookies.set(SIGN_IN, seed)
  const again = await vera.ask(path)
  expect(again.status).toBe(401)
  expect(await again.text()).toContain('Begin again')

  const late = await wayBack(vera, address)
  await desk.travel('16 min')
  expect((await vera.ask(late.pathname + late.search)).status).toBe(401)
})

test('a state that was tampered with, and a code of another sign-in, are no use', async () => {
  const vera = visitor(desk, 'vera')
  const other = await wayBack(visitor(desk, 'vera'), desk.staff.vera.email)
  const back = await wayBack(vera, desk.staff.vera.email)
  const [content = '', mac = ''] = (back.searchParams.get('state') ?? '').split('.')
  const forged = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(content, 'base64url').toString()), to: '//evil.example' }),
  ).toString('base64url')
  const code = back.searchParams.get('code') ?? ''
  expect((await vera.ask(`/signed-in?${new URLSearchParams({ code, state: `${forged}.${mac}` })}`)).status).toBe(401)
  const mixed = new URLSearchParams({ code: other.searchParams.get('code') ?? '', state: `${content}.${mac}` })
  expect((await vera.ask(`/signed-in?${mixed}`)).status).toBe(401)
  expect(vera.cookies.has(SESSION)).toBe(false)
})

test('a token of another sign-in, or for another audience, is not taken', async () => {
  const { google, ctx } = desk
  const { email, sub } = google.users.get(desk.staff.vera.email)
  const token = (aud: string, nonce: string) =>
    google.mintIdentityToken({ email, sub, hd: 'fern.example', aud, extra: { nonce } })
  expect(await ctx.googleTokens.signIn(token('desk-client', 'n-1'), 'n-1')).toMatchObject({ email })
  await expect(ctx.googleTokens.signIn(token('desk-client', 'n-2'), 'n-1')).rejects.toMatchObject({
    code: 'unauthenticated',
  })
  await expect(ctx.googleTokens.signIn(token('addon-client', 'n-1'), 'n-1')).rejects.toMatchObject({
    code: 'unauthenticated',
  })
})

test('nobody is sent away from here after signing in', async () => {
  const vera = visitor(desk, 'vera')
  for (const to of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/%2F%2Fevil.example/..//x',
    'javascript:1',
  ]) {
    const back = await wayBack(vera, desk.staff.vera.email, to)
    const location = (await vera.ask(back.pathname + back.search)).headers.get('location') ?? ''
    expect(new URL(location, 'https://desk.example').origin).toBe('https://desk.example')
  }
})

test('who is not on the staff is told whom to ask, and may choose another account', async () => {
  const stranger = visitor(desk, 'vera')
  const back = await wayBack(stranger, 'archive@fern.example')
  const shown = await stranger.ask(back.pathname + back.search)
  expect(shown.status).toBe(403)
  const text = await shown.text()
  expect(text).toContain('Ask Ada')
  expect(text).toContain('href="/sign-in?choose=1"')
  const begun = await stranger.ask('/sign-in?choose=1')
  expect(new URL(begun.headers.get('location') ?? '').searchParams.get('prompt')).toBe('select_account')
})

test('Google being away, or no answer from the person, is said and leaves nobody signed in', async () => {
  const vera = visitor(desk, 'vera')
  const back = await wayBack(vera, desk.staff.vera.email)
  desk.google.faults.add({ method: 'oauth.token', kind: '503' })
  expect((await vera.ask(back.pathname + back.search)).status).toBe(503)
  const begun = await vera.ask('/sign-in?to=/')
  const denied = await fetch(`${begun.headers.get('location')}&deny=1`, { redirect: 'manual' })
  const address = new URL(denied.headers.get('location') ?? '')
  expect((await vera.ask(address.pathname + address.search)).status).toBe(401)
  expect(vera.cookies.has(SESSION)).toBe(false)
})

test('a form of another site signs nobody out', async () => {
  const vera = visitor(desk, 'vera')
  const form = tokenIn((await vera.open('/')).text)
  const send = (origin: string) =>
    vera.ask('/sign-out', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ form }).toString(),
    })
  await send('https://evil.example')
  expect((await vera.ask('/')).status).toBe(200)
})

test('a domain that is taken from the desk takes its people out of the pages at once', async () => {
  const vera = visitor(desk, 'vera')
  await vera.open('/')
  await removeDomain(desk.ctx, desk.workspaceId, 'fern.example')
  const refused = await vera.open('/')
  await addDomain(desk.ctx, desk.workspaceId, 'fern.example')
  expect(refused).toMatchObject({ status: 401, text: expect.stringContaining('not set up for fern.example') })
  expect((await vera.open('/')).status).toBe(200)
})

test('an address that is hardly one is answered, and not a failure of ours', async () => {
  const vera = visitor(desk, 'vera')
  await vera.open('/')
  for (const path of ['//', '//?x', '/actions/%E0%A4%A', '/?%E0=%ZZ', '/actions//'])
    expect((await vera.ask(`https://desk.example${path}`)).status).toBeLessThan(500)
})

test('a workspace that asks too much for pages is told on a page when to come again', async () => {
  const rateLimiter = createRateLimiter({ actor: 100, workspace: 1, address: 100 })
  const api = await serve({ ...desk.ctx, rateLimiter })
  try {
    const vera = visitor({ staff: desk.staff, url: `http://127.0.0.1:${api.port}` }, 'vera')
    expect((await vera.open('/')).status).toBe(200)
    const answers = await Promise.all(Array.from({ length: 15 }, () => vera.ask('/')))
    const refused = answers.find(({ status }) => status === 429)
    expect(await refused?.text()).toContain('<p>Too many requests')
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
  } finally {
    await api.stop()
  }
})
