import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  addDomain,
  createApiKey,
  createWorkspace,
  deactivateStaff,
  inviteStaff,
} from '../../backend/features/settings/index.ts'
import { pages, routes } from '../../backend/features.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { KEY_SCOPES, type KeyScope, STAFF_ROLES, type StaffRole } from '../../shared/roles.ts'
import { createTicket } from '../../shared/tickets.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { ticketRow } from '../support/figure-desk.ts'
import { handLake } from '../support/hand-lake.ts'
import { tokenIn, visitor } from '../support/visitor.ts'

const PEOPLE = { agent: 'nora', supervisor: 'vera', finance: 'frank', admin: 'ada', 'read-only': 'rhea' } as const
const NOWHERE = '01890000-0000-7000-8000-000000000000'
const RATE = '1000000'

let desk: Desk
let ticketId: string
beforeAll(async () => {
  desk = await startDesk({ env: { RATE_ACTOR: RATE, RATE_WORKSPACE: RATE, RATE_ADDRESS: RATE } })
  const lake = { ticket: [ticketRow(1, '2026-11-02 09:00')] } // files of rows are refused while it does not have the desk's tickets
  await handLake(desk.ctx.config.lake.dir).write(desk.workspaceId, lake)
  const mail = { messageId: '<r@ada.example>', subject: 'Jar', from: 'ada@ada.example', text: 'Broken.' }
  const body = { ...mail, sentAt: desk.clock.now().toISOString() }
  ticketId = (await desk.as('nora').call(createTicket, { body })).id
})
afterAll(() => desk.stop())

/** A row of the written table: what it is about, and who may. */
type Row = { method: string; path: string; may: Set<string> }

const page = readFileSync(new URL('../../docs/roles.md', import.meta.url), 'utf8')

function rowsOf(title: string): Row[] {
  const part = page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...part.matchAll(/^\| `(\w+) (\S+)` \|(.*)\|$/gm)].map(([, method = '', path = '', rest = '']) => {
    const cells = rest.split('|').map((cell) => cell.trim())
    const roles = STAFF_ROLES.filter((_, place) => cells[place] === 'yes')
    const scopes = (cells[STAFF_ROLES.length] ?? '').split(' ').filter(Boolean)
    return { method, path, may: new Set<string>([...roles, ...scopes]) }
  })
}

const CALLS = rowsOf('Calls')
const PAGES = rowsOf('Pages')
const OPEN = [...(page.split('\n## Calls that need no sign-in\n')[1] ?? '').matchAll(/^- `(\w+ \S+)`$/gm)].map(
  ([, name]) => name,
)

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
const filledIn = (path: string) =>
  path
    .replace(':ticketId', ticketId)
    .replace(':view', 'open')
    .replace(/:(\w+)/g, NOWHERE)

/** Without a body that means anything and without a key for writing: whoever is let in does nothing. */
async function statusOf({ method, path }: Row, token: string | null): Promise<number> {
  const response = await fetch(desk.url + filledIn(path), {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(method !== 'GET' && { body: '[]' }),
  })
  await response.arrayBuffer()
  return response.status
}

/** What every caller gets at every row, asked one row after another. */
async function walk(rows: readonly Row[], ask: (row: Row) => Promise<string[]>): Promise<string[]> {
  const wrong: string[] = []
  for (const row of rows) wrong.push(...(await ask(row)))
  return wrong
}

const personal = (name: StaffName) => {
  const { email } = desk.staff[name]
  return desk.tokenOf(email, desk.google.users.get(email).sub, 'fern.example')
}

test('every call and every page that is served is in the written table, and nothing else is', () => {
  const guarded = routes.filter((route) => !route.public).map(({ endpoint }) => nameOf(endpoint))
  const open = routes.filter((route) => route.public).map(({ endpoint }) => nameOf(endpoint))
  expect(CALLS.map(nameOf).sort()).toEqual(guarded.sort())
  expect(OPEN.sort()).toEqual(open.sort())
  expect(PAGES.map(nameOf).sort()).toEqual(pages.map(nameOf).sort())
})

/** Who asks at a call: each role; each scope that is let in; and one key with all the others, which together open no more than one of them does. */
function askersAt({ may }: Row): string[] {
  const others = KEY_SCOPES.filter((scope) => !may.has(scope))
  return [
    ...STAFF_ROLES,
    ...KEY_SCOPES.filter((scope) => may.has(scope)),
    ...(others.length > 0 ? [others.join()] : []),
  ]
}

test('at each call each role and each scope is let in where the table says so, and refused everywhere else', async () => {
  const tokens = new Map<string, string>(STAFF_ROLES.map((role) => [role, personal(PEOPLE[role])]))
  const by = systemOf(desk.workspaceId)
  for (const who of new Set(CALLS.flatMap(askersAt)))
    if (!tokens.has(who)) {
      const scopes = who.split(',') as KeyScope[]
      tokens.set(who, (await createApiKey(desk.ctx, desk.workspaceId, { name: who, scopes }, by)).key)
    }
  const wrong = await walk(CALLS, async (row) => {
    const asked = await Promise.all(
      askersAt(row).map(async (who) => [who, await statusOf(row, tokens.get(who) ?? '')] as const),
    )
    return asked
      .filter(([who, status]) => (row.may.has(who) ? [401, 403].includes(status) || status >= 500 : status !== 403))
      .map(([who, status]) => `${who} at ${nameOf(row)}: ${status}`)
  })
  expect(wrong).toEqual([])
})

test('nobody, whoever left, and a key that was never made are refused at every call', async () => {
  const by = systemOf(desk.workspaceId)
  const gone = personal('sam')
  await statusOf(CALLS[0] as Row, gone)
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, by)
  const wrong = await walk(CALLS, async (row) => {
    const got = await Promise.all([null, 'sdk_unknown', gone].map((token) => statusOf(row, token)))
    return got.join() === '401,401,403' ? [] : [`${nameOf(row)}: ${got.join()}`]
  })
  expect(wrong).toEqual([])
})

test('a key of another workspace that may do everything finds nothing of ours by any call that names it', async () => {
  const { workspaceId } = await createWorkspace(desk.ctx, 'Rival')
  await addDomain(desk.ctx, workspaceId, 'rival.example')
  const by = systemOf(workspaceId)
  await inviteStaff(desk.ctx, workspaceId, { email: 'eve@rival.example', name: 'Eve', role: 'admin' }, by)
  const scopes = [...KEY_SCOPES]
  const { key } = await createApiKey(desk.ctx, workspaceId, { name: 'all', scopes }, by)
  const eve = desk.tokenOf('eve@rival.example', '999', 'rival.example')
  const about = CALLS.filter(({ path }) => path.includes('Id'))
  const wrong = await walk(about, async (row) => {
    const got = await Promise.all([key, eve].map((token) => statusOf(row, token)))
    return got.every((status) => status === 400 || status === 403 || status === 404 || isEmptyList(row, status))
      ? []
      : [`${nameOf(row)}: ${got.join()}`]
  })
  expect(wrong).toEqual([])
})

/** Lists of a ticket that is not theirs are empty. */
const isEmptyList = ({ method, path }: Row, status: number) =>
  method === 'GET' && status === 200 && /\/(messages|timeline)(\/card)?$/.test(path)

test('at each page each role is let in where the table says so, and refused everywhere else', async () => {
  const wrong: string[] = []
  for (const role of STAFF_ROLES) {
    const browser = visitor(desk, PEOPLE[role])
    const form = tokenIn((await browser.open('/')).text)
    wrong.push(
      ...(await walk(PAGES, async (row) => {
        const isIn = row.may.has(role)
        const status = await pageStatus(browser, row, form)
        return (isIn ? ![401, 403].includes(status) && status < 500 : status === 403)
          ? []
          : [`${role} at ${nameOf(row)}: ${status}`]
      })),
    )
  }
  expect(wrong).toEqual([])
})

test('nobody is led to the sign-in by every page, and no form of theirs does anything', async () => {
  const wrong = await walk(PAGES, async (row) => {
    const status = await pageStatus(visitor(desk, 'nora'), row, 'x')
    return status === (row.method === 'GET' ? 302 : 401) ? [] : [`${nameOf(row)}: ${status}`]
  })
  expect(wrong).toEqual([])
})

async function pageStatus(browser: ReturnType<typeof visitor>, { method, path }: Row, form: string): Promise<number> {
  const sent = {
    method,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://desk.example' },
    body: new URLSearchParams({ form }).toString(),
  }
  const response = await browser.ask(filledIn(path), method === 'GET' ? {} : sent)
  await response.arrayBuffer()
  return response.status
}

test('roles and scopes are the ones that the table has columns for', () => {
  expect(page).toContain(`|  | ${STAFF_ROLES.join(' | ')} | keys |`)
  const known = new Set<StaffRole | KeyScope>([...STAFF_ROLES, ...KEY_SCOPES])
  for (const { may } of CALLS) for (const who of may) expect(known).toContain(who)
})
