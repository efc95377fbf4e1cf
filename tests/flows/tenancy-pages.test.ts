import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { addDomain, createApiKey, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { openSession } from '../../backend/features/settings/page-sessions.ts'
import { displaysIn, makeDisplay } from '../../backend/features/wallboard/displays/displays.ts'
import { pages, routes } from '../../backend/features.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ActionInput, startActionDraft } from '../../shared/combined-actions.ts'
import { createField } from '../../shared/fields.ts'
import { addMailRule } from '../../shared/mail-rules.ts'
import { STAFF_ROLES } from '../../shared/roles.ts'
import { addRule, tryRules } from '../../shared/rules.ts'
import { getSlaRules, trySlaRules } from '../../shared/sla.ts'
import { makeTicketTask } from '../../shared/tasks.ts'
import { getTicket } from '../../shared/tickets.ts'
import { addWebhook } from '../../shared/webhooks.ts'
import { formsAt } from '../support/action-forms.ts'
import { ordersOf } from '../support/action-orders.ts'
import { approvalsAt } from '../support/approvals.ts'
import { booksOf } from '../support/books.ts'
import type { StaffName } from '../support/desk.ts'
import { cardsAt } from '../support/gift-card-desk.ts'
import { shiftsAt, workweek } from '../support/shift-desk.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'
import { tokenIn, visitor } from '../support/visitor.ts'
import { workAt } from '../support/work-desk.ts'

const OURS = 'https://desk.example'
const SESSION = '__Host-sidedesk-session'
const PAYEE = { name: 'Wanda Witherspoon', account: 'GB33 BUKB 2020 1555 5555 55' }

/** As a browser hands itself over; the keys are an example of RFC 8291. */
const BROWSER = {
  name: 'Fern & Fig phone',
  endpoint: 'https://push.example/1',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
}

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
    ...(await screens()),
    ...(await plans()),
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
async function rules(): Promise<Record<'ruleId' | 'trialId' | 'slaTrialId' | 'mailRuleId', string>> {
  const act = { do: 'note' as const, text: 'Fern & Fig asks Ada Moss' }
  const when = { on: 'event' as const, event: 'escalated' as const }
  const body = { name: 'Fern & Fig first', on: true, when, all: [], any: [], acts: [act] }
  const { id: ruleId } = await desk.as('ada').call(addRule, { body })
  const { id: trialId } = await desk.as('ada').call(tryRules)
  const { version: _, ...times } = await desk.as('ada').call(getSlaRules)
  const { id: slaTrialId } = await desk.as('ada').call(trySlaRules, { body: { name: 'Fern & Fig', rules: times } })
  const matches = { recipients: [], labels: [], senders: ['fern-and-fig.example'], kinds: [], subjects: [] }
  const mailRule = {
    name: 'Fern & Fig first',
    active: true,
    mailboxId: null,
    outcome: 'ignored' as const,
    matches,
    version: 0,
  }
  const { items } = await desk.as('ada').call(addMailRule, { body: mailRule })
  await desk.settle()
  return { ruleId, trialId, slaTrialId, mailRuleId: items.at(-1)?.id ?? '' }
}

/** Where everybody may look. */
async function screens(): Promise<{ displayId: string }> {
  const { name, id } = desk.staff.ada
  await makeDisplay(desk.ctx, 'Fern & Fig kitchen', {
    kind: 'staff',
    id,
    name,
    workspaceId: desk.workspaceId,
    role: 'admin',
  })
  const [display] = await inWorkspace(desk.ctx, desk.workspaceId, displaysIn)
  return { displayId: display?.id ?? '' }
}

/** When people work, and where one of them is told of something. */
async function plans(): Promise<Record<string, string>> {
  const shifts = shiftsAt(desk)
  const { id: templateId } = await shifts.template('Fern & Fig early', workweek('07:00-15:00'))
  await shifts.give(templateId, ['sam'], 30)
  const { id: leaveId } = await shifts.leave('sam', 40, 41)
  await shifts.plan('nora', 3, '09:00-17:00')
  const { id: swapId } = await shifts.offer('nora', await shifts.one('nora', 3), 'sam')
  await workAt(desk).in('nora')
  await visitor(desk, 'nora').send('/desk/notices/browsers', BROWSER, '/desk/notices')
  const [use, session, subscription] = await desk.read(async (tx) => [
    await tx.shiftTemplateUse.findFirstOrThrow(),
    await tx.workSession.findFirstOrThrow(),
    await tx.pushSubscription.findFirstOrThrow(),
  ])
  return { templateId, leaveId, swapId, useId: use.id, sessionId: session.id, subscriptionId: subscription.id }
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
const isThere = (path: string) =>
  !ASKING.includes(path) && [...path.matchAll(/:(\w+Id)\b/g)].every(([, name = '']) => name in ours)

/** Pages that show something which is named behind their path, and nothing without. */
const ASKING = ['/desk/shifts/offer', '/dashboard/shares', '/reports/churn/:customerId']

/** Files of rows are refused while there is no lake. */
const LAKE_ONLY = ['/reports/rows/tickets', '/reports/rows/actions']
/** How a page of one's own desk answers. */
const goodAnswer = (path: string) => (LAKE_ONLY.includes(path) ? 503 : 200)

const NOTHING = '01890000-0000-7000-8000-000000000000'

/** What is not ours in a path that names something of ours. */
const OTHERS: Record<string, string> = {
  dataRule: 'unknown-category',
  page: 'review',
  policy: 'new',
  report: 'sla',
  rule: 'new',
  view: 'open',
  day: '2099-01-01',
}

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
const WORKED = {
  startedAt: '2026-01-01T09:00:00.000Z',
  endedAt: '2026-01-01T10:00:00.000Z',
  breaks: [],
  word: 'x',
  version: 1,
}
/** Bodies whose fields mean something else than elsewhere. */
const BODIES: [RegExp, object][] = [
  [/\/customers\/:customerId\/erasure$/, { reason: 'customer_asked', confirmation: 'nobody@home.example' }],
  [/\/shift-swaps\/:swapId\/(agreement|approval)$/, { agrees: true, approved: true }],
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
  [/\/mail-rules\/:mailRuleId\/position$/, { position: 1, version: 0 }],
  [
    /\/mail-rules\/:mailRuleId$/,
    { name: 'x', active: true, mailboxId: null, outcome: 'ignored', matches: { senders: ['x.example'] }, version: 0 },
  ],
  [/\/shift-templates\/:templateId$/, { name: 'x', slots: workweek('09:00-17:00'), retired: false, version: 1 }],
  [/\/uses$/, { staffIds: [NOTHING], from: '2099-01-01', to: null }],
  [/\/end$/, { to: '2099-01-01' }],
  [/\/days\/:day$/, { hours: [{ from: 540, to: 1_020 }] }],
  [/\/staff\/:staffId\/start$/, { startedOn: null }],
  [/\/people\/:staffId\/ending$/, { what: 'work', reason: 'forgot' }],
  [/\/sessions(\/:sessionId)?$/, WORKED],
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
/** Something for every field of every form that names something of ours. */
const TYPED = {
  reference: 'x',
  to: '2026-01-01',
  from: '2026-01-01',
  day: '2026-01-01',
  last: '2026-01-01',
  say: 'decline',
  kind: 'holiday',
  reason: 'forgot',
  word: 'x',
}
/** What is not there needs not be taken away. */
const NONE_TAKEN_AWAY = '{"removed":false}'
/** Queries without which a call is refused for its shape. */
const QUERIES: Record<string, string> = { '/merge-card': `?chosen=${NOTHING}`, '/day': '?day=2026-01-01' }

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
