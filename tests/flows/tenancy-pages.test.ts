import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { addDomain, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { openSession } from '../../backend/features/settings/page-sessions.ts'
import { pages, routes } from '../../backend/features.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { STAFF_ROLES } from '../../shared/roles.ts'
import type { StaffName } from '../support/desk.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import {
  ANYTHING,
  ASKING,
  bodyFor,
  goodAnswer,
  LISTS,
  NONE_TAKEN_AWAY,
  NOTHING,
  OTHERS,
  QUERIES,
  TYPED,
} from '../support/tenancy/anything-asked.ts'
import { everythingIn } from '../support/tenancy/everything-of-ours.ts'
import { tokenIn, visitor } from '../support/visitor.ts'

const OURS = 'https://desk.example'
const SESSION = '__Host-sidedesk-session'

let desk: ShopDesk
/** What there is to reach in our workspace, by the names that paths give it. */
let ours: Record<string, string>
/** Words that only our workspace knows. */
let secrets: string[]
let eve: ReturnType<typeof visitor>
let rival: string

beforeAll(async () => {
  desk = await startShopDesk()
  ;({ ours, secrets } = await everythingIn(desk))
  await bringRival()
})
afterAll(() => desk.stop())

/** Eve is the admin of another workspace, with an identity for the API and a session for pages. */
async function bringRival() {
  const { workspaceId } = await createWorkspace(desk.ctx, 'Rival')
  await addDomain(desk.ctx, workspaceId, 'rival.example')
  const person = { email: 'eve@rival.example', name: 'Eve', role: 'admin' as const }
  const { id, name } = await inviteStaff(desk.ctx, workspaceId, person, systemOf(workspaceId))
  await inWorkspace(desk.ctx, workspaceId, (tx) =>
    tx.staff.update({ where: { workspaceId_id: { workspaceId, id } }, data: { state: 'active', googleSub: '999' } }),
  )
  rival = desk.tokenOf('eve@rival.example', '999', 'rival.example')
  eve = visitor(desk, 'vera')
  eve.cookies.set(SESSION, await openSession(desk.ctx, { kind: 'staff', id, workspaceId, name, role: 'admin' }))
}
/** A path about something of ours; null when it names nothing of ours. */
function aboutOurs(path: string): string | null {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const isOurs = names.some((name) => name in ours)
  return isOurs ? filledIn(path) : null
}

const filledIn = (path: string) =>
  path.replace(/:(\w+)/g, (_, name: string) => ours[name] ?? OTHERS[name] ?? (name.endsWith('Id') ? NOTHING : 'none'))

/** Whether everything that a path names is in our workspace. */
const isThere = (path: string) =>
  !ASKING.includes(path) && [...path.matchAll(/:(\w+Id)\b/g)].every(([, name = '']) => name in ours)

test('an admin of another workspace reaches nothing of ours through any call of the API', async () => {
  const before = await standing()
  const answers: string[] = []
  for (const { endpoint, public: isPublic } of routes) {
    const path = isPublic ? null : aboutOurs(endpoint.path)
    if (path === null) continue
    const [, query = ''] = Object.entries(QUERIES).find(([end]) => path.endsWith(end)) ?? []
    const response = await fetch(desk.url + path + query, {
      method: endpoint.method,
      headers: {
        authorization: `Bearer ${rival}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      ...(endpoint.method !== 'GET' && { body: JSON.stringify(bodyFor(endpoint.path)) }),
    })
    const text = await response.text()
    for (const secret of secrets) expect(text).not.toContain(secret)
    const isEmpty =
      response.status === 200 &&
      ((LISTS.some((list) => path.endsWith(list)) && JSON.parse(text).items?.length === 0) || text === NONE_TAKEN_AWAY)
    if (response.status !== 404 && !isEmpty)
      answers.push(`${endpoint.method} ${endpoint.path}: ${response.status} ${text}`)
  }
  expect(answers).toEqual([])
  expect(await standing()).toEqual(before)
})

test('an admin of another workspace reaches nothing of ours through any page or form', async () => {
  const before = await standing()
  const form = tokenIn((await eve.open('/')).text)
  const answers: string[] = []
  for (const { method, path } of pages) {
    const about = aboutOurs(path)
    if (about === null && method === 'POST') continue
    const shown = await eve.ask(about ?? filledIn(path), method === 'GET' ? {} : filled({ form, ...TYPED }))
    const expected = about === null && isThere(path) ? goodAnswer(path) : 404
    if (shown.status !== expected) answers.push(`${method} ${path}: ${shown.status}`)
    const text = await shown.text()
    for (const secret of secrets) expect(text).not.toContain(secret)
  }
  expect(answers).toEqual([])
  const history = { form, shop: ours['shopId'] ?? '', csv: ANYTHING.csv }
  expect((await eve.ask('/gift-card-imports', filled(history))).status).toBe(404)
  expect(await standing()).toEqual(before)
})

test('no page answers without a session, and no form without its token', async () => {
  const nobody = visitor(desk, 'ada')
  const ada = visitor(desk, 'ada')
  await ada.open('/')
  const before = await standing()
  for (const { method, path } of pages) {
    const at = filledIn(path)
    const stranger = await nobody.ask(at, method === 'GET' ? {} : filled({}))
    expect([path, stranger.status]).toEqual([path, method === 'GET' ? 302 : 401])
    if (method === 'POST') expect([path, (await ada.ask(at, filled({}))).status]).toEqual([path, 403])
  }
  expect(nobody.cookies.size).toBe(0)
  expect(await standing()).toEqual(before)
})

test('every page is for the roles that it names, may not be kept or framed, and runs no script but ours', async () => {
  const people = { agent: 'nora', supervisor: 'vera', finance: 'frank', admin: 'ada', 'read-only': 'rhea' } as const
  for (const role of STAFF_ROLES) {
    const who = visitor(desk, people[role] satisfies StaffName)
    await who.open('/')
    for (const { method, path, roles } of pages) {
      if (method === 'POST' && roles.includes(role)) continue
      const { status, headers } = await who.ask(filledIn(path), method === 'GET' ? {} : filled({}))
      const allowed = isThere(path) ? goodAnswer(path) : 404
      expect([role, path, status]).toEqual([role, path, roles.includes(role) ? allowed : 403])
      if (path.endsWith('/export') && status === 200) continue // a file, which asks for nothing
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(policy.replace("script-src 'self';", '')).not.toContain('script-src')
    }
  }
})

const filled = (fields: Record<string, string>) => ({
  method: 'POST',
  headers: { origin: OURS, 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
})

/** All of ours that somebody could have changed. */
const standing = () =>
  desk.read(async (tx) => ({
    action: await tx.combinedAction.findFirstOrThrow({ where: { id: ours['actionId'] ?? '' } }),
    card: await tx.giftCardIssue.findFirstOrThrow({ where: { id: ours['giftCardId'] ?? '' } }),
    payout: await tx.payout.findFirstOrThrow({ where: { id: ours['payoutId'] ?? '' } }),
    ticket: await tx.ticket.findFirstOrThrow({ where: { id: ours['ticketId'] ?? '' } }),
    draft: await tx.actionDraft.findFirstOrThrow({ where: { id: ours['draftId'] ?? '' } }),
    actions: await tx.combinedAction.count(),
    leave: await tx.leave.count(),
    periods: await tx.financePeriod.count(),
  }))
