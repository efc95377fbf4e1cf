import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pages, routes } from '../../backend/features.ts'
import { paramsIn } from '../../backend/platform/paths.ts'
import { placeLegalHold } from '../../shared/retention.ts'
import type { StaffRole } from '../../shared/roles.ts'
import { getTicket } from '../../shared/tickets.ts'
import type { StaffName } from '../support/desk.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import { ASKING, goodAnswer, OTHERS } from '../support/tenancy/anything-asked.ts'
import { everythingIn } from '../support/tenancy/everything-of-ours.ts'
import { visitor } from '../support/visitor.ts'

let desk: ShopDesk
/** What there is to open, by the names that paths give it. */
let ours: Record<string, string>
let address: string
beforeAll(async () => {
  desk = await startShopDesk()
  ;({ ours } = await everythingIn(desk))
  const { customer } = await desk.as('nora').call(getTicket, { params: { ticketId: ours['ticketId'] ?? '' } })
  address = customer.email ?? ''
  for (const [about, subjectId] of [
    ['customer', customer.id],
    ['ticket', ours['ticketId'] ?? ''],
  ] as const)
    await desk.as('ada').call(placeLegalHold, { body: { about, subjectId, reason: 'Case 12/2026' } })
})
afterAll(() => desk.stop())

const PEOPLE: [StaffName, StaffRole][] = [
  ['nora', 'agent'],
  ['vera', 'supervisor'],
  ['frank', 'finance'],
  ['ada', 'admin'],
  ['rhea', 'read-only'],
]
const OURS = 'https://desk.example'
const OPENED = pages.filter(({ method }) => method === 'GET')
const SENT = pages.filter(({ method }) => method === 'POST')

const isThere = (path: string) =>
  !ASKING.includes(path) && [...path.matchAll(/:(\w+)\b/g)].every(([, name = '']) => name in ours || name in OTHERS)

/** What a page shows besides its path. */
const QUERIES: Record<string, () => string> = {
  '/settings/retention': () => `?${new URLSearchParams({ address })}`,
  '/desk/search': () => '?q=jar',
}

const placeOf = (path: string): string =>
  path.replace(/:(\w+)/g, (_, name: string) => ours[name] ?? OTHERS[name] ?? '') + (QUERIES[path]?.() ?? '')

/** Paths of ours to which a page leads. */
const linksIn = (text: string): string[] =>
  [...text.matchAll(/<a [^>]*href="(\/[^"#]*)/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))

/** Paths of forms on a page that could be sent, with a button that is not off. Everybody may sign out, on every page. */
const formsIn = (text: string): string[] =>
  [...text.matchAll(/<form method="post" action="([^"?#]*)[^>]*>(.*?)<\/form>/gs)].flatMap(
    ([, action = '', inside = '']) =>
      action !== '/sign-out' && /<button(?![^>]* disabled)/.test(inside) ? [action] : [],
  )

/** What is behind an address: a page, a form or a call. */
function behind<T extends { path: string }>(among: readonly T[], address: string): T | undefined {
  const { pathname } = new URL(address, desk.url)
  return among.find(({ path }) => path === pathname) ?? among.find(({ path }) => paramsIn(path, pathname))
}

test.each(PEOPLE)('nothing on a page leads %s to what is not there or not for them (%s)', async (name, role) => {
  const reader = visitor(desk, name)
  const wrong = new Set<string>()
  const seen = new Set<string>()
  for (const { path, roles } of OPENED) {
    if (!roles.includes(role) || !isThere(path)) continue
    const { text, status } = await reader.open(placeOf(path))
    expect([path, status]).toEqual([path, goodAnswer(path)])
    for (const action of formsIn(text)) {
      const to = behind(SENT, action)
      if (!to?.roles.includes(role))
        wrong.add(`${path} has a form for ${action}, which ${to ? 'is not for them' : 'nobody takes'}`)
    }
    for (const link of linksIn(text)) {
      const to = behind(OPENED, link)
      const kind = to?.path ?? link
      if (seen.has(kind)) continue
      seen.add(kind)
      if (to && !to.roles.includes(role)) wrong.add(`${path} leads to ${link}, which is not for them`)
      else if ((await reader.open(link)).status === 404) wrong.add(`${path} leads to ${link}, which is not there`)
    }
  }
  expect([...wrong]).toEqual([])
  expect(seen.size).toBeGreaterThan(10)
})

const CALLS = routes.map(({ endpoint }) => endpoint)

type Press = { kind: string; method?: string; path?: string; url?: string }

/** All presses in an answer, whatever they stand on, but those of buttons that are off. */
function pressesIn(value: unknown): Press[] {
  if (Array.isArray(value)) return value.flatMap(pressesIn)
  if (value === null || typeof value !== 'object') return []
  const { press, off } = value as { press?: Press | null; off?: string | null }
  if (typeof off === 'string') return []
  return [...(press ? [press] : []), ...Object.values(value).flatMap(pressesIn)]
}

/** Whether a press leads to something that is there and for this role. */
function isFor(role: StaffRole, { kind, method = kind === 'draft' ? 'POST' : 'GET', path, url }: Press): boolean {
  if (url?.startsWith(OURS)) return behind(OPENED, url.replace(OURS, ''))?.roles.includes(role) ?? false
  if (!path) return true
  const call = behind(
    CALLS.filter((one) => one.method === method),
    path,
  )
  return call?.callers.includes(role) ?? false
}

test.each(PEOPLE)('no press of a card leads %s to what is not there or not for them (%s)', async (name, role) => {
  const { email } = desk.staff[name]
  const token = desk.tokenOf(email, desk.google.users.get(email).sub, 'fern.example')
  const wrong = new Set<string>()
  let seen = 0
  for (const { method, path, callers } of CALLS) {
    if (method !== 'GET' || !callers.includes(role) || !isThere(path)) continue
    const response = await fetch(desk.url + placeOf(path), { headers: { authorization: `Bearer ${token}` } })
    const text = await response.text()
    if (response.status !== 200 || !text.startsWith('{')) continue
    const presses = pressesIn(JSON.parse(text))
    seen += presses.length
    for (const press of presses.filter((one) => !isFor(role, one)))
      wrong.add(`${path} leads to ${press.method ?? ''} ${press.path ?? press.url}`)
  }
  expect([...wrong]).toEqual([])
  expect(seen).toBeGreaterThan(30)
})
