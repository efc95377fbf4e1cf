import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { listReports } from '../../shared/analytics.ts'
import {
  confirmActionDraft,
  draftActionAnswer,
  showActionProgress,
  startActionDraft,
  undoAction,
} from '../../shared/combined-actions.ts'
import type { PanelPress, PanelWidget } from '../../shared/panel.ts'
import { showQueue } from '../../shared/queues.ts'
import { getTicket } from '../../shared/tickets.ts'
import { type ActionPanels, FORM, START, STARTS, startActionPanels } from './support/action-panels.ts'
import { NORA_MAIL } from './support/addon.ts'
import { ORDER_ID, orderView, shopWith } from './support/order-views.ts'
import { inputOf, panelOf, pressed, section } from './support/panel-cards.ts'
import { queueCard } from './support/queue-cards.ts'
import { listed } from './support/reports.ts'
import { NORA, runningAction, TICKET_ID, ticketView, uuid } from './support/views.ts'

let addon: ActionPanels
beforeAll(async () => {
  addon = await startActionPanels()
})
afterEach(() => addon.expectSound())
afterAll(() => addon.close())

const ACTION = uuid(700)

/** An action of the reader as the backend describes it on the homepage. */
const RUNNING: PanelWidget[] = [
  {
    kind: 'fact',
    label: 'HH-1042 · Leaves in 47 s',
    text: 'Refund £12.00, gift card £5.00',
    below: null,
    press: { kind: 'call', method: 'GET', path: `/v1/combined-actions/${ACTION}/card`, key: null, lay: 'push' },
  },
  {
    kind: 'buttons',
    buttons: [
      pressed('Undo', {
        kind: 'call',
        method: 'POST',
        path: `/v1/combined-actions/${ACTION}/undoing`,
        key: `undo-${ACTION}`,
        lay: 'push',
      }),
    ],
  },
]

test('a choice at an order begins a form on top of the ticket, in one call; chosen again, it is a new form', async () => {
  const panel = await addon.open(ticketView(shopWith([orderView(STARTS)])))
  addon.backend.on(startActionDraft, () => panelOf([inputOf('amount', '12.00')], { say: 'Read from Shopify just now' }))
  addon.backend.heard.length = 0
  await panel.choose(START, 'spillage', { reply: 'Dear Ada,' })
  await panel.panel.handle({ act: 'back' })
  expect(panel.panel.html()).toContain('Dear Ada,')
  await panel.choose(START, 'spillage')
  const sent = {
    endpoint: startActionDraft,
    params: { ticketId: TICKET_ID, orderId: ORDER_ID },
    body: { start: 'spillage' },
    key: expect.stringMatching(`^key-of-view-3-${ORDER_ID}-[0-9]+$`),
  }
  expect(addon.backend.heard).toMatchObject([sent, sent])
  expect(panel.depth()).toBe(2)
  expect(panel.card().header).toMatchObject({ title: 'Make it right', subtitle: 'HH-1042' })
  expect(panel.notification()).toBe('Read from Shopify just now')
})

test('choosing nothing asks for a choice and calls nobody', async () => {
  const panel = await addon.open(ticketView(shopWith([orderView(STARTS)])))
  addon.backend.heard.length = 0
  await panel.choose(START, 'nothing')
  expect(panel.notification()).toBe('Choose what happened.')
  expect(addon.backend.heard).toEqual([])
})

test('a start that is refused leaves the ticket with the reason and what was typed', async () => {
  const panel = await addon.open(ticketView(shopWith([orderView(STARTS)])))
  addon.backend.refuse(startActionDraft, 'already_done', 'Sam Okafor is making this order right.')
  await panel.choose(START, 'spillage', { note: 'Called twice' })
  expect(panel.depth()).toBe(1)
  expect(panel.text()).toContain('Sam Okafor is making this order right.')
  expect(panel.values()).toMatchObject({ note: 'Called twice' })
})

test('an order that someone acts on says how far it is and leads there; there is no second start', async () => {
  const acting = { id: ACTION, mine: false, by: 'Sam Okafor', state: 'running' as const, words: 'Sam Okafor: refund' }
  const panel = await addon.open(ticketView(shopWith([orderView({ ...STARTS, acting })])))
  expect(panel.text()).not.toContain(START)
  addon.backend.on(showActionProgress, () => panelOf([{ kind: 'text', text: 'Refund: done', tone: 'plain' }]))
  await panel.press('Sam Okafor: refund')
  expect(addon.backend.callsOf(showActionProgress)).toMatchObject([{ params: { actionId: ACTION } }])
  expect(panel.text()).toContain('Refund: done')
})

test('where nothing can be begun the card says why, and a void ticket or a reader begins nothing', async () => {
  const closed = await addon.open(ticketView(shopWith([orderView({ noStarts: 'The shop does not let Sidedesk in.' })])))
  expect(closed.text()).toContain('The shop does not let Sidedesk in.')
  const empty = await addon.open(ticketView(shopWith([orderView({ starts: [] })])))
  expect(empty.text()).not.toContain('Make it right')
  const isVoid = await addon.open(ticketView({ voidReason: 'spam', ...shopWith([orderView(STARTS)]) }))
  expect(isVoid.text()).not.toContain(START)
  const reader = await addon.open(ticketView({ me: { ...NORA, mayWork: false }, ...shopWith([orderView(STARTS)]) }))
  expect(reader.text()).not.toContain(START)
})

const backTo = (ticketId: string): PanelPress => ({ kind: 'ticket', ticketId })
const leave = (ticketId: string) =>
  panelOf([{ kind: 'buttons', buttons: [pressed('Back to the ticket', backTo(ticketId))] }])

test('the way back brings the ticket below up to date with what had been typed there, and lays no second card of it on top', async () => {
  const panel = await addon.open(ticketView(shopWith([orderView(STARTS)])))
  addon.backend.on(startActionDraft, () => FORM)
  await panel.choose(START, 'spillage', { reply: 'Dear Ada,', note: 'Called twice' })
  addon.backend.on(confirmActionDraft, () => leave(TICKET_ID))
  await panel.press('Confirm')
  addon.backend.on(getTicket, () => ticketView({ running: [runningAction()] }))
  await panel.press('Back to the ticket')
  expect(panel.depth()).toBe(1)
  expect(panel.card().header?.title).toBe('TKT-000042 · Open')
  expect(panel.text()).toContain('Your running actions')
  expect(panel.values()).toMatchObject({ reply: 'Dear Ada,', note: 'Called twice' })
})

test('the way back to a ticket that is not below leaves the one that is there', async () => {
  const panel = await addon.open(ticketView({ id: uuid(43), number: 'TKT-000043', running: [runningAction()] }))
  addon.backend.on(showActionProgress, () => leave(TICKET_ID))
  addon.backend.on(getTicket, ({ params }) => ticketView({ id: params.ticketId }))
  await panel.press('Refund £12.00, gift card £5.00')
  await panel.press('Back to the ticket')
  expect(panel.card().header?.title).toBe('TKT-000042 · Open')
  await panel.panel.handle({ act: 'back' })
  expect(panel.card().header?.title).toBe('TKT-000043 · Open')
})

test('the card of a ticket begins with the running actions of its reader, five at most, and what each waits for', async () => {
  const states = [
    runningAction(),
    runningAction({ id: uuid(701), state: 'waiting_approval', undoSeconds: null }),
    runningAction({ id: uuid(702), state: 'running', undoSeconds: null }),
    runningAction({ id: uuid(703), state: 'parked', undoSeconds: null, problem: 'Shopify refused the refund.' }),
  ]
  const more = Array.from({ length: 4 }, (_, at) => runningAction({ id: uuid(710 + at) }))
  const panel = await addon.open(ticketView({ running: [...states, ...more] }))
  const [first] = panel.card().sections ?? []
  expect(first?.header).toBe('Your running actions')
  expect(first?.widgets).toMatchObject([
    { decoratedText: { topLabel: 'HH-1042 · Leaves in 47 s', button: { text: 'Undo' } } },
    { decoratedText: { topLabel: 'HH-1042 · Waits for approval' } },
    { decoratedText: { topLabel: 'HH-1042 · At work' } },
    { decoratedText: { topLabel: 'HH-1042 · Needs you', bottomLabel: 'Shopify refused the refund.' } },
    {},
    { textParagraph: { text: expect.stringContaining('and 3 more') } },
  ])
  const [taken, ...others] = first?.widgets?.slice(0, 4).map(({ decoratedText }) => decoratedText?.button) ?? []
  expect(taken).toBeDefined()
  expect(others).toEqual([undefined, undefined, undefined])
})

test('Undo above another ticket sends nothing of what was typed there; one that comes too late says so above the ticket', async () => {
  const panel = await addon.open(ticketView({ running: [runningAction()] }))
  addon.backend.refuse(undoAction, 'move_not_allowed', 'It is too late: the refund has left.')
  addon.backend.heard.length = 0
  await panel.press('Undo', { reply: 'Dear Ada, '.repeat(1_000) })
  expect(addon.backend.callsOf(undoAction)).toMatchObject([{ body: { fields: {} } }])
  expect(panel.depth()).toBe(1)
  expect(panel.text()).toContain('It is too late: the refund has left.')
  expect(panel.values()['reply']).toHaveLength(10_000)
})

test('the homepage begins with them as well, and Undo is one call with one key, however often it is pressed', async () => {
  addon.backend.on(showQueue, () => queueCard({ running: RUNNING }))
  addon.backend.on(undoAction, () => panelOf([], { sections: [section('Taken back: nothing left')] }))
  const panel = addon.panelOf()
  await panel.panel.openHomepage()
  expect(panel.card().sections?.[0]?.header).toBe('Your running actions')
  addon.backend.heard.length = 0
  await panel.press('Undo')
  await panel.panel.handle({ act: 'back' })
  await panel.press('Undo')
  const sent = { endpoint: undoAction, params: { actionId: ACTION }, key: `undo-${ACTION}`, body: { fields: {} } }
  expect(addon.backend.heard).toMatchObject([sent, sent])
  expect(panel.text()).toContain('Taken back: nothing left')
})

const ANSWER = panelOf([
  {
    kind: 'buttons',
    buttons: [pressed('Write the answer', { kind: 'draft', path: `/v1/combined-actions/${ACTION}/reply-drafts` })],
  },
  { kind: 'text', text: 'All done', tone: 'plain' },
])

test('the answer opens as a draft below the mail, with the tokens', async () => {
  const panel = await addon.begin(ANSWER)
  addon.backend.on(draftActionAnswer, () => ({
    from: 'support@honeyhill.example',
    to: 'ada@customer.example',
    subject: 'Re: Broken jar',
    text: 'Dear Ada,\n\nwe have refunded £12.00.',
    replyTo: 'support+t42@honeyhill.example',
    bcc: 'archive+t42@honeyhill.example',
  }))
  const { draft } = await panel.press('Write the answer')
  expect(draft?.threadId).toBe(addon.newestMail().threadId)
  expect(addon.backend.heard).toMatchObject([{ endpoint: draftActionAnswer, params: { actionId: ACTION } }])
})

test('an answer that must wait says so, and outside Gmail there is none to write', async () => {
  const panel = await addon.begin(ANSWER)
  addon.backend.refuse(draftActionAnswer, 'in_progress', 'A draft can wait: the refund is still under way.')
  await panel.press('Write the answer')
  expect(panel.failure()).toContain('the refund is still under way. (reference ')
  addon.backend.on(showQueue, () => queueCard({ running: RUNNING }))
  addon.backend.on(showActionProgress, () => ANSWER)
  addon.backend.on(listReports, () => listed())
  const sheets = addon.panelOf(NORA_MAIL, { hostApp: 'SHEETS' })
  await sheets.panel.openHomepage()
  await sheets.panel.universal(1)
  await sheets.press('Refund £12.00, gift card £5.00')
  expect(sheets.text()).toContain('All done')
  expect(sheets.text()).not.toContain('Write the answer')
})
