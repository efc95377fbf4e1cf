import { workweek } from '../shift-desk.ts'

/** Pages that show something which is named behind their path, and nothing without. */
export const ASKING = ['/desk/shifts/offer', '/dashboard/shares', '/reports/churn/:customerId']

/** Files of rows are refused while there is no lake. */
const LAKE_ONLY = ['/reports/rows/tickets', '/reports/rows/actions']
/** How a page of one's own desk answers. */
export const goodAnswer = (path: string) => (LAKE_ONLY.includes(path) ? 503 : 200)

export const NOTHING = '01890000-0000-7000-8000-000000000000'

/** What is not ours in a path that names something of ours. */
export const OTHERS: Record<string, string> = {
  dataRule: 'unknown-category',
  page: 'review',
  policy: 'new',
  report: 'sla',
  rule: 'new',
  view: 'open',
  day: '2099-01-01',
}

/** Something for every field of every body, so that nothing is refused for its shape. */
export const ANYTHING = {
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
export const bodyFor = (path: string) => BODIES.find(([of]) => of.test(path))?.[1] ?? ANYTHING

export const LISTS = ['/messages', '/timeline', '/finance-periods', '/reconciliations']
/** Something for every field of every form that names something of ours. */
export const TYPED = {
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
export const NONE_TAKEN_AWAY = '{"removed":false}'
/** Queries without which a call is refused for its shape. */
export const QUERIES: Record<string, string> = { '/merge-card': `?chosen=${NOTHING}`, '/day': '?day=2026-01-01' }
