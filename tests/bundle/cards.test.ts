import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { timelineCard } from '../../backend/features/tickets/card/timeline-card.ts'
import { ACTION_STARTS } from '../../shared/combined-actions.ts'
import { listSavedReplies } from '../../shared/drafts.ts'
import { ERROR_STATUS, type ErrorCode } from '../../shared/errors.ts'
import { LIMITS } from '../../shared/limits.ts'
import { getOrder, searchOrders } from '../../shared/orders.ts'
import type { PanelSection } from '../../shared/panel.ts'
import { showQueue } from '../../shared/queues.ts'
import {
  answerTicket,
  getTicket,
  listMessages,
  lookUpTicket,
  moveTicket,
  showTimeline,
  TICKET_STATUSES,
  type TicketCardView,
  VOID_REASONS,
} from '../../shared/tickets.ts'
import { TRUST_SIGNS } from '../../shared/trust.ts'
import type { Card } from '../../workbench/apps-script/card-service/json.ts'
import { type AddonUnderTest, BACKEND, startAddon } from './support/addon.ts'
import type { DrivenPanel } from './support/driven-panel.ts'
import { problemsByLimits } from './support/limits.ts'
import { details, gbp, given, line, lockedOrder, orderView, shopWith } from './support/order-views.ts'
import { queueCard } from './support/queue-cards.ts'
import { problemsBySchema } from './support/schema.ts'
import { author, message, NORA, runningAction, savedReply, TICKET_ID, ticketView, uuid } from './support/views.ts'

const HOSTILE = '<script>alert("1")</script> & </font> <a href="javascript:x">y</a> 🍯 \u202e x'
const LONG = `${HOSTILE} ${'w'.repeat(LIMITS.subject - HOSTILE.length - 1)}`

let addon: AddonUnderTest
const cards: [name: string, card: Card][] = []
const keep = (name: string, shown: DrivenPanel) => cards.push([name, shown.card()])

beforeAll(async () => {
  addon = await startAddon()
  await addon.mailArrives(LONG, HOSTILE)
  await collectTickets()
  await collectQueues()
  await collectOrders()
  await collectAnswers()
  await collectFailures()
})
afterAll(() => addon.close())

const attachment = {
  id: uuid(3),
  name: HOSTILE,
  contentType: 'image/png',
  size: 3_400_000,
  url: `${BACKEND}/v1/attachments/1?signature=a%2Fb&expires=1`,
  scan: 'unscanned' as const,
  scanWords: HOSTILE,
  blocked: false,
}

const parcel = {
  status: HOSTILE,
  shippedAt: null,
  deliveredAt: null,
  expectedAt: '2026-11-21T09:00:00.000Z',
  tracking: [{ company: HOSTILE, number: HOSTILE, url: 'https://track.example/?a=1&b="2"' }],
}

/** An order with all that a shop may know of it, in the words of people who mean harm. */
const fullOrder = (at: number) =>
  orderView({
    id: uuid(600 + at),
    number: HOSTILE,
    shop: { id: uuid(500), name: HOSTILE },
    via: 'named',
    link: { confirmed: true, by: HOSTILE, at: '2026-11-20T09:00:00.000Z' },
    deletedAt: '2026-11-20T09:00:00.000Z',
    starts: ACTION_STARTS.map((start) => ({ start, label: HOSTILE })),
    test: true,
    details: details({
      buyer: { name: HOSTILE, email: HOSTILE, phone: HOSTILE },
      shipTo: HOSTILE,
      payment: { kind: 'mixed', gateway: HOSTILE, parts: [HOSTILE, 'gift_card', 'cod'] },
      shopTotal: gbp(3_000),
      received: gbp(1),
      refunded: gbp(500),
      outstanding: gbp(-300),
      lines: Array.from({ length: 8 }, () => line(HOSTILE, { variant: HOSTILE, sku: HOSTILE, currentQuantity: 0 })),
      lineCount: 400,
      nextLine: 8,
      parcels: Array.from({ length: 4 }, () => parcel),
      refunds: Array.from({ length: 10 }, () => ({
        at: '2026-11-15T09:00:00.000Z',
        amount: gbp(50),
        note: HOSTILE,
        settled: false,
      })),
      disputes: [{ status: HOSTILE, kind: HOSTILE }],
      holds: [HOSTILE, HOSTILE],
      tags: [HOSTILE, 'vip'],
      discountCodes: [HOSTILE],
      compensation: [given()],
    }),
  })

/** As many as the backend sends, and more than a card shows. */
const running = Array.from({ length: 10 }, (_, at) =>
  runningAction({ id: uuid(700 + at), words: HOSTILE, problem: HOSTILE }),
)

/** Everything that can be said of a sender at once. */
const DOUBT: TicketCardView['messages'][number]['trust'] = {
  level: 'unproven',
  dmarc: 'fail',
  dkim: 'fail',
  spf: 'fail',
  signs: [...TRUST_SIGNS],
  warns: true,
  words: Array.from({ length: TRUST_SIGNS.length + 1 }, () => HOSTILE.repeat(5)),
}

/** As full as the contract allows, with more staff and messages than any card can show. */
const fullest = ticketView({
  subject: LONG,
  category: 'Glass',
  priority: 'urgent',
  tags: Array.from({ length: LIMITS.tags }, (_, at) => `${at}${'t'.repeat(LIMITS.tag - 2)}`),
  customer: { id: uuid(7), name: HOSTILE, email: 'ada@customer.example' },
  assignee: { id: uuid(9_999), name: 'Left Long Ago' },
  assignable: Array.from({ length: 400 }, (_, at) => ({ id: uuid(1_000 + at), name: `${HOSTILE} ${at}` })),
  messages: Array.from({ length: 60 }, (_, at) => ({
    ...message(at, HOSTILE.repeat(20), at % 2 ? 'out' : 'note'),
    attachments: Array(30).fill(attachment),
    trust: DOUBT,
  })),
  messageCount: 12_345,
  firstResponse: { at: '2025-01-02T09:00:00.000Z', by: null },
  follows: { id: uuid(41), number: 'TKT-000041' },
  unsent: Array.from({ length: 5 }, (_, at) => ({
    id: uuid(at),
    state: 'refused' as const,
    refusal: HOSTILE,
    by: HOSTILE,
    plannedAt: '2026-11-20T09:00:00.000Z',
  })),
  running,
  ...shopWith(
    Array.from({ length: 5 }, (_, at) => fullOrder(at)),
    {
      more: true,
      compensation: [given(), given({ currency: 'SEK' })],
      problems: [HOSTILE, HOSTILE],
    },
  ),
})

async function collectTickets() {
  for (const status of TICKET_STATUSES) await collectTicket(status, ticketView({ status, assignee: NORA }))
  for (const voidReason of VOID_REASONS) await collectTicket(voidReason, ticketView({ voidReason }))
  await collectTicket('read only', ticketView({ me: { ...NORA, mayWork: false } }))
  await collectTicket(
    'empty',
    ticketView({ subject: '', messages: [], messageCount: 0, tags: [], waitingSince: null, assignable: [] }),
  )
  const shown = await collectTicket('fullest', fullest)
  addon.backend.on(listMessages, () => ({
    items: fullest.messages
      .slice(0, 20)
      .map((each) => ({ ...each, subject: HOSTILE, text: HOSTILE.repeat(500), reply: null, notes: [] })),
    next: 'older',
  }))
  addon.backend.on(showTimeline, () =>
    timelineCard(
      { id: TICKET_ID, number: 'TKT-000042' },
      { items: Array.from({ length: 50 }, (_, at) => timelineEntry(at)), next: 'older' },
    ),
  )
  await shown.press('All messages (12345)')
  keep('conversation', shown)
  await shown.panel.handle({ act: 'back' })
  await shown.press('Timeline')
  keep('timeline', shown)
  addon.backend.on(lookUpTicket, () => ({ ticket: null, key: 'key-of-look-up' }))
  const none = addon.panelOf()
  await none.panel.openMessage(addon.newestMail())
  keep('not a ticket', none)
}

const timelineEntry = (at: number) => ({
  id: uuid(at),
  type: 'ticket.tagged',
  occurredAt: '2026-11-20T09:00:00.000Z',
  actor: { ...author(HOSTILE), kind: 'system' as const },
  facts: { added: HOSTILE, ticketId: TICKET_ID },
  words: HOSTILE,
})

async function collectTicket(name: string, view: ReturnType<typeof ticketView>) {
  addon.backend.on(lookUpTicket, () => ({ ticket: view, key: 'key-of-look-up' }))
  const shown = addon.panelOf()
  await shown.panel.openMessage(addon.newestMail())
  keep(`ticket ${name}`, shown)
  return shown
}

const acting = { kind: 'fact' as const, label: HOSTILE, text: HOSTILE, below: HOSTILE, press: null }

async function collectQueues() {
  const line = { label: HOSTILE, text: LONG, below: HOSTILE }
  for (const queue of [
    queueCard({ lines: Array.from({ length: 50 }, () => line), next: 'more', running: Array(10).fill(acting) }),
    queueCard({ lines: [], title: HOSTILE, subtitle: HOSTILE }),
  ]) {
    addon.backend.on(showQueue, () => queue)
    const shown = addon.panelOf()
    await shown.panel.openHomepage()
    keep(`queue of ${queue.title.length}`, shown)
  }
}

async function collectOrders() {
  const locked = Array.from({ length: 5 }, (_, at) =>
    lockedOrder({ id: uuid(600 + at), number: HOSTILE, hint: HOSTILE, locked: HOSTILE, via: 'named' }),
  )
  await collectTicket('locked orders', ticketView({ ...fullest, ...shopWith(locked) }))
  await collectTicket('locked orders, read only', ticketView({ me: { ...NORA, mayWork: false }, ...shopWith(locked) }))
  const busy: PanelSection = { title: null, folded: null, widgets: Array(30).fill(acting) }
  const crowded = await collectTicket('a crowded card', {
    ...fullest,
    sections: [...fullest.sections, busy],
  })
  expect(crowded.text()).toContain('There are more orders than are shown')
  expect(crowded.labels()).toContain('Timeline')
  await collectTicket('no orders', ticketView(shopWith([])))
  const shown = await collectTicket('orders', ticketView(shopWith([fullOrder(0)])))
  const lines = Array.from({ length: 40 }, () => line(HOSTILE))
  const whole = fullOrder(0)
  addon.backend.on(getOrder, () => ({
    ...whole,
    details: whole.details && { ...whole.details, lines, parcels: Array(40).fill(parcel) },
  }))
  await shown.press('Whole order')
  keep('whole order', shown)
  await shown.panel.handle({ act: 'back' })
  await shown.press('Find an order')
  keep('empty search', shown)
  addon.backend.on(searchOrders, () => ({
    orders: Array.from({ length: 50 }, (_, at) =>
      at % 2 ? fullOrder(at) : orderView({ id: uuid(at), details: null, locked: HOSTILE }),
    ),
    remark: HOSTILE,
  }))
  await shown.press('Search', { by: 'name', text: HOSTILE })
  keep('search', shown)
  addon.backend.on(searchOrders, () => ({
    orders: Array.from({ length: 20 }, (_, at) => fullOrder(at)),
    remark: HOSTILE,
  }))
  await shown.press('Search', { by: 'name', text: HOSTILE })
  keep('search that finds linked orders', shown)
}

async function collectAnswers() {
  for (const state of ['planned', 'sending', 'unknown', 'refused'] as const) {
    const unsent = [{ id: uuid(5), state, refusal: HOSTILE, by: HOSTILE, plannedAt: '2026-11-20T09:00:00.000Z' }]
    const shown = await collectTicket(`before ${state}`, ticketView())
    addon.backend.on(answerTicket, () => ticketView({ unsent }))
    await shown.press('Send', { reply: HOSTILE })
    keep(`reply ${state}`, shown)
  }
  for (const count of [0, 100]) {
    addon.backend.on(listSavedReplies, () => ({
      items: Array.from({ length: count }, (_, at) =>
        savedReply(uuid(at), `${at} ${HOSTILE}`.slice(0, 80), HOSTILE.repeat(100)),
      ),
    }))
    const shown = addon.panelOf()
    await shown.panel.openCompose({ to: [], cc: [], bcc: [] })
    keep(`${count} saved replies`, shown)
  }
}

async function collectFailures() {
  addon.backend.on(getTicket, () => fullest)
  for (const code of Object.keys(ERROR_STATUS) as ErrorCode[]) {
    addon.backend.refuse(showQueue, code, HOSTILE)
    const home = addon.panelOf()
    await home.panel.openHomepage()
    keep(`homepage ${code}`, home)
    const shown = await collectTicket(`before ${code}`, ticketView())
    addon.backend.refuse(moveTicket, code, HOSTILE)
    await shown.choose('status', 'solved')
    keep(`move ${code}`, shown)
  }
}

test('every card is one that Google’s own types describe', () => {
  expect(cards.length).toBeGreaterThan(60)
  expect(problemsBySchema(cards.map(([, card]) => card))).toEqual([])
})

test('a field that Google does not know, or of another type, would be found', () => {
  const card = structuredClone(cards[0]?.[1]) as Record<string, unknown>
  expect(problemsBySchema([{ ...card, footer: {} } as Card])).toEqual([
    expect.stringContaining('\'"footer"\' does not exist'),
  ])
  expect(
    problemsBySchema([{ sections: [{ widgets: [{ textParagraph: { text: 1 } }] }] } as unknown as Card]),
  ).toHaveLength(1)
})

test('every card keeps the documented limits, full of people’s text as it may be', () => {
  const problems = cards.flatMap(([name, card]) => problemsByLimits(card).map((problem) => `${name}: ${problem}`))
  expect(problems).toEqual([])
})

test('a broken limit would be found', () => {
  const widgets = Array(101).fill({ textParagraph: { text: '<script>' } })
  expect(problemsByLimits({ sections: [{ widgets }, {}] })).toEqual(
    expect.arrayContaining([
      expect.stringContaining('101 widgets'),
      'an empty section',
      expect.stringContaining('foreign HTML'),
    ]),
  )
})

test('no journey made the bundle fail', () => {
  expect(addon.failures).toEqual([])
})
