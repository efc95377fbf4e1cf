import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { addDomain, createApiKey, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { openSession } from '../../backend/features/settings/page-sessions.ts'
import { pages, routes } from '../../backend/features.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ActionInput, startActionDraft } from '../../shared/combined-actions.ts'
import { createField } from '../../shared/fields.ts'
import { STAFF_ROLES } from '../../shared/roles.ts'
import { addRule, tryRules } from '../../shared/rules.ts'
import { makeTicketTask } from '../../shared/tasks.ts'
import { getTicket } from '../../shared/tickets.ts'
import { addWebhook } from '../../shared/webhooks.ts'
import { formsAt } from '../support/action-forms.ts'
import { ordersOf } from '../support/action-orders.ts'
import { approvalsAt } from '../support/approvals.ts'
import { booksOf } from '../support/books.ts'
import type { StaffName } from '../support/desk.ts'
import { cardsAt } from '../support/gift-card-desk.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'
import { tokenIn, visitor } from '../support/visitor.ts'

const OURS = 'https://desk.example'
const SESSION = '__Host-sidedesk-session'
const PAYEE = { name: 'Wanda Witherspoon', account: 'GB33 BUKB 2020 1555 5555 55' }

let desk: ShopDesk
/** What there is to reach in our workspace, by the names that paths give it. */
let ours: Record<string, string>
/** Words that only our workspace knows. */
let secrets: string[]
let eve: ReturnType<typeof visitor>
let rival: string

beforeAll(async () => {
  desk = await startShopDesk()
  const shop = ordersOf(desk.fern)
  const approvals = approvalsAt(desk)
  await approvals.strict()
  const bought = shop.delivered(shop.buy())
  const refund = { what: 'amount', amount: { minor: 1_200, currency: 'GBP' } }
  const actionId = await approvals.ask(bought, ActionInput.parse({ reason: { code: 'spilled' }, refund }))
  const { ticketId, orderId } = await formsAt(desk).about(shop.delivered(shop.buy()))
  const draft = await desk.as('nora').call(startActionDraft, {
    params: { ticketId, orderId },
    body: { fields: {}, start: 'refund' },
  })
  const [, draftId = ''] = /action-drafts\/([\w-]+)\/pages/.exec(JSON.stringify(draft)) ?? []
  const card = await cardsAt(desk).issued()
  const shopId = desk.shopId(FERN)
  const { payoutId } = await booksOf(desk).done({ shopId, route: 'payout', payee: PAYEE })
  await desk.settle()
  ours = { ticketId, orderId, draftId, actionId, shopId, giftCardId: card.id, payoutId }
  Object.assign(ours, {
    staffId: desk.staff.nora.id,
    ...(await programs()),
    ...(await records(ticketId)),
    ...(await rules()),
  })
  secrets = [bought.name, PAYEE.name, PAYEE.account, 'Fern &', 'Ada Moss']
  await bringRival()
})
afterAll(() => desk.stop())

/** What other programs have of us. */
async function programs(): Promise<{ keyId: string; webhookId: string }> {
  const by = systemOf(desk.workspaceId)
  const key = await createApiKey(desk.ctx, desk.workspaceId, { name: 'Ours', scopes: ['tickets:read'] }, by)
  const body = { name: 'Ours', url: 'https://hooks.example/', events: ['shop.access_lost' as const] }
  const { webhook } = await desk.as('ada').call(addWebhook, { body })
  return { keyId: key.id, webhookId: webhook.id }
}

/** What is kept about a customer besides their mail. */
async function records(ticketId: string): Promise<{ customerId: string; taskId: string; fieldId: string }> {
  const { customer } = await desk.as('nora').call(getTicket, { params: { ticketId } })
  const dueOn = desk.clock.now().toISOString().slice(0, 10)
  const task = { words: 'Ask Ada Moss', dueOn, assigneeId: null }
  const { id: taskId } = await desk.as('nora').call(makeTicketTask, { params: { ticketId }, body: task })
  const field = { about: 'ticket' as const, label: 'Fern & Fig size', kind: 'text' as const }
  const { id: fieldId } = await desk.as('ada').call(createField, { body: field })
  return { customerId: customer.id, taskId, fieldId }
}

/** What happens by itself, and what it would have done. */
async function rules(): Promise<{ ruleId: string; trialId: string }> {
  const act = { do: 'note' as const, text: 'Fern & Fig asks Ada Moss' }
  const when = { on: 'event' as const, event: 'escalated' as const }
  const body = { name: 'Fern & Fig first', on: true, when, all: [], any: [], acts: [act] }
  const { id: ruleId } = await desk.as('ada').call(addRule, { body })
  const { id: trialId } = await desk.as('ada').call(tryRules)
  await desk.settle()
  return { ruleId, trialId }
}

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
const isThere = (path: string) => [...path.matchAll(/:(\w+Id)\b/g)].every(([, name = '']) => name in ours)

const NOTHING = '01890000-0000-7000-8000-000000000000'

/** What is not ours in a path that names something of ours. */
const OTHERS: Record<string, string> = { page: 'review', policy: 'new', rule: 'new' }

/** Something for every field of every body, so that nothing is refused for its shape. */
const ANYTHING = {
  version: 1,
  reason: { code: 'spilled' },
  giftCard: { amount: { minor: 100, currency: 'GBP' } },
  fields: {},
  start: 'refund',
  status: 'open',
  priority: 'low',
  category: null,
  add: ['x'],
  assigneeId: null,
  text: 'x',
  word: 'x',
  by: 'number',
  query: 'x',
  proof: { number: 'FF-1001', postcode: 'SE1 7PB' },
  reference: 'x',
  reissue: false,
  to: '2026-01-01',
  csv: 'issued_on,amount,currency,last4,reason\n',
  ticketIds: [NOTHING],
  messageId: NOTHING,
  toId: NOTHING,
  channel: 'call',
  minutes: 1,
  email: 'x@x.example',
  until: '2099-01-01T00:00:00.000Z',
  at: '2099-01-01T00:00:00.000Z',
  when: 'wait',
  available: true,
  name: 'x',
  url: 'https://hooks.example/',
  events: ['shop.access_lost'],
  state: 'off',
}
/** Bodies whose fields mean something else than elsewhere. */
const BODIES: [RegExp, object][] = [
  [/\/(approval)$/, { word: '', refund: null, giftCard: null }],
  [/\/(fields)$/, { values: {} }],
  [/\/(tasks)$/, { words: 'x', dueOn: '2099-01-01', assigneeId: null }],
  [/\/tasks\/:taskId$/, { words: 'x', dueOn: '2099-01-01', assigneeId: null, version: 1 }],
  [/\/fields\/:fieldId$/, { label: 'x' }],
  [/\/(voiding)$/, { version: 1, reason: 'spam' }],
  [/\/(snooze)$/, { until: 'tomorrow' }],
  [/\/(skills)$/, { capacity: 1, categories: [], languages: [], tags: [] }],
  [/\/(language)$/, { language: 'de' }],
  [/\/(escalations)$/, { toId: NOTHING, reason: 'legal' }],
  [/\/rules\/:ruleId\/place$/, { position: 1 }],
  [
    /\/rules\/:ruleId$/,
    {
      name: 'x',
      on: true,
      when: { on: 'event', event: 'noted' },
      all: [],
      any: [],
      acts: [{ do: 'spam' }],
      version: 1,
    },
  ],
]
const bodyFor = (path: string) => BODIES.find(([of]) => of.test(path))?.[1] ?? ANYTHING

const LISTS = ['/messages', '/timeline', '/finance-periods', '/reconciliations']
/** Queries without which a call is refused for its shape. */
const QUERIES: Record<string, string> = { '/merge-card': `?chosen=${NOTHING}` }

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
      LISTS.some((list) => path.endsWith(list)) && response.status === 200 && JSON.parse(text).items?.length === 0
    if (response.status !== 404 && !isEmpty)
      answers.push(`${endpoint.method} ${endpoint.path}: ${response.status} ${text}`)
  }
  expect(answers).toEqual([])
  expect(await standing()).toEqual(before)
})

test('an admin of another workspace reaches nothing of ours through any page or form', async () => {
  const before = await standing()
  const form = tokenIn((await eve.open('/')).text)
  for (const { method, path } of pages) {
    const about = aboutOurs(path)
    if (about === null && method === 'POST') continue
    const shown = await eve.ask(
      about ?? filledIn(path),
      method === 'GET' ? {} : filled({ form, reference: 'x', to: '2026-01-01' }),
    )
    expect([method, path, shown.status]).toEqual([method, path, about === null && isThere(path) ? 200 : 404])
    const text = await shown.text()
    for (const secret of secrets) expect(text).not.toContain(secret)
  }
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

test('every page is for the roles that it names, may not be kept or framed, and runs no script', async () => {
  const people = { agent: 'nora', supervisor: 'vera', finance: 'frank', admin: 'ada', 'read-only': 'rhea' } as const
  for (const role of STAFF_ROLES) {
    const who = visitor(desk, people[role] satisfies StaffName)
    await who.open('/')
    for (const { method, path, roles } of pages) {
      if (method === 'POST' && roles.includes(role)) continue
      const { status, headers } = await who.ask(filledIn(path), method === 'GET' ? {} : filled({}))
      const allowed = isThere(path) ? 200 : 404
      expect([role, path, status]).toEqual([role, path, roles.includes(role) ? allowed : 403])
      if (path.endsWith('/export') && status === 200) continue // a file, which asks for nothing
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers.get('content-security-policy')).not.toContain('script-src')
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
    periods: await tx.financePeriod.count(),
  }))
