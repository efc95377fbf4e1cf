import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { turnActionDraft } from '../../shared/combined-actions.ts'
import type { PanelPress, PanelSection, PanelWidget } from '../../shared/panel.ts'
import { showQueue } from '../../shared/queues.ts'
import {
  categoriseTicket,
  getTicket,
  lookUpTicket,
  moveTicket,
  noteTicket,
  type TicketCardView,
  unlinkOrder,
} from '../../shared/tickets.ts'
import { type AddonUnderTest, NORA_MAIL, startAddon } from './support/addon.ts'
import { inputOf, panelOf, pressed, turnTo } from './support/panel-cards.ts'
import { queueCard } from './support/queue-cards.ts'
import { TICKET_ID, ticketView, uuid } from './support/views.ts'

let addon: AddonUnderTest
beforeAll(async () => {
  addon = await startAddon()
  await addon.mailArrives('Broken jar', 'The jar arrived broken.')
})
afterAll(() => addon.close())
afterEach(() => {
  addon.backend.setDown(false)
  addon.expectSound()
})

async function open(view: TicketCardView) {
  addon.backend.on(lookUpTicket, () => ({ ticket: view, key: 'key-of-nothing' }))
  const panel = addon.panelOf(NORA_MAIL)
  await panel.panel.openMessage(addon.newestMail())
  addon.backend.heard.length = 0
  return panel
}

/** The card of a ticket with one more section, as features add them. */
function withSection(widgets: PanelWidget[], other: Partial<TicketCardView> = {}): TicketCardView {
  const view = ticketView(other)
  const section: PanelSection = { title: 'Later', folded: null, widgets }
  return { ...view, sections: [...view.sections, section] }
}

const change = (other: Partial<Extract<PanelPress, { kind: 'change' }>> = {}): PanelPress => ({
  kind: 'change',
  method: 'PUT',
  path: `/v1/tickets/${TICKET_ID}/status`,
  key: 'key-of-drawing-1',
  body: { version: 3 },
  takes: ['later:status'],
  say: 'Put off',
  ...other,
})

const LATER: PanelWidget = {
  kind: 'pick',
  name: 'later',
  label: 'Later',
  choices: [
    { value: 'open', label: 'Choose…', chosen: true },
    { value: 'on_hold', label: 'Until {{2026-11-20T16:00:00.000Z}}', chosen: false },
  ],
  press: change(),
}

test('a drop-down on the card of a ticket changes it at once, with what was chosen under the name that the body has for it', async () => {
  const panel = await open(withSection([LATER]))
  addon.backend.on(moveTicket, ({ body }) => ticketView({ status: body.status }))
  await panel.choose('later', 'on_hold', { reply: 'Dear Ada,' })
  expect(addon.backend.heard).toMatchObject([
    { endpoint: moveTicket, body: { status: 'on_hold', version: 3 }, key: 'key-of-drawing-1' },
  ])
  expect(panel.card().header?.title).toBe('TKT-000042 · On hold')
  expect(panel.values()).toMatchObject({ reply: 'Dear Ada,' })
  expect(panel.notification()).toBe('Put off')
  expect(panel.panel.state().homeIsStale).toBe(true)
})

test('without the server the choice is kept, and Retry makes it again with the same key', async () => {
  const panel = await open(withSection([LATER]))
  addon.backend.on(moveTicket, ({ body }) => ticketView({ status: body.status }))
  addon.backend.setDown(true)
  await panel.choose('later', 'on_hold', { note: 'Called twice' })
  expect(panel.card().header?.title).toBe('Sidedesk does not answer')
  addon.backend.setDown(false)
  await panel.press('Retry')
  expect(addon.backend.heard).toMatchObject([{ body: { status: 'on_hold', version: 3 }, key: 'key-of-drawing-1' }])
  expect(panel.depth()).toBe(1)
  expect(panel.values()).toMatchObject({ note: 'Called twice' })
})

test('a category is set and cleared by its drop-down', async () => {
  const panel = await open(ticketView())
  addon.backend.on(categoriseTicket, ({ body }) => ticketView({ category: body.category }))
  await panel.choose('category', 'billing')
  expect(panel.values().category).toBe('billing')
  await panel.choose('category', 'none')
  expect(addon.backend.heard.map(({ body }) => body)).toEqual([
    { category: 'billing', version: 3 },
    { category: 'none', version: 3 },
  ])
})

test('an instant in a described text is written by the clock of whoever reads, wherever it stands', async () => {
  const panel = await open(
    withSection([
      { kind: 'fact', label: 'Answer due', text: 'in 2 h ({{2026-11-20T12:05:00.000Z}})', below: null, press: null },
      { kind: 'text', text: 'Since {{2026-11-18T09:00:00.000Z}}', tone: 'remark' },
      LATER,
    ]),
  )
  for (const words of ['in 2 h (13:05)', 'Since 18 Nov, 10:00', 'Until 17:00']) expect(panel.text()).toContain(words)
  expect(panel.text()).not.toContain('{{')
})

test('a change that takes something back carries no body', async () => {
  const back = change({
    method: 'DELETE',
    path: `/v1/tickets/${TICKET_ID}/order-links/${uuid(501)}`,
    body: {},
    takes: [],
  })
  const panel = await open(withSection([{ kind: 'buttons', buttons: [pressed('Wake', back)] }]))
  addon.backend.on(unlinkOrder, () => ticketView())
  await panel.press('Wake')
  expect(addon.backend.heard).toMatchObject([{ endpoint: unlinkOrder, key: 'key-of-drawing-1' }])
  expect(addon.backend.heard[0]?.body).toBeUndefined()
})

const NOTE = change({
  method: 'POST',
  path: `/v1/tickets/${TICKET_ID}/notes`,
  body: {},
  takes: ['words:text'],
  needs: ['words'],
})

test('a field that a press needs keeps it back while it is empty', async () => {
  const panel = await open(withSection([inputOf('words', ''), { kind: 'buttons', buttons: [pressed('Log', NOTE)] }]))
  addon.backend.on(noteTicket, () => ticketView())
  await panel.press('Log')
  expect(addon.backend.heard).toEqual([])
  await panel.press('Log', { words: 'Called back' })
  expect(addon.backend.heard).toMatchObject([{ body: { text: 'Called back' } }])
})

test('a refused change shows the newest ticket, why, and what had been typed into every text of the card', async () => {
  const section = [inputOf('words', ''), { kind: 'buttons' as const, buttons: [pressed('Log', NOTE)] }]
  const panel = await open(withSection(section))
  addon.backend.refuse(noteTicket, 'invalid_request', 'A word is not enough.')
  addon.backend.on(getTicket, () => withSection(section, { version: 4, tags: ['honey', 'vip'] }))
  await panel.press('Log', { words: 'Hm', reply: 'Dear Ada,', note: 'Called twice', tags: 'glass' })
  expect(panel.text()).toContain('A word is not enough.')
  expect(panel.depth()).toBe(1)
  expect(panel.values()).toMatchObject({ words: 'Hm', reply: 'Dear Ada,', note: 'Called twice', tags: 'honey, vip' })
})

test('a press on the card of a ticket sends the fields of its own section and no others, however long those are', async () => {
  const panel = await open(
    withSection([
      inputOf('words', 'By phone'),
      { kind: 'buttons', buttons: [pressed('Log a call', turnTo('call', { lay: 'push' }))] },
    ]),
  )
  addon.backend.on(turnActionDraft, () => panelOf([inputOf('minutes', '5')]))
  await panel.press('Log a call', { words: '', reply: 'Dear Ada, '.repeat(10_000) })
  expect(addon.backend.heard.map(({ body }) => body)).toEqual([{ fields: { words: [] } }])
  expect(panel.depth()).toBe(2)
})

test('a card laid on top of a ticket leads back to it, with what had been typed there', async () => {
  const push = pressed('Merge…', turnTo('merge', { lay: 'push' }))
  const panel = await open(withSection([{ kind: 'buttons', buttons: [push] }]))
  addon.backend.on(turnActionDraft, () =>
    panelOf([{ kind: 'buttons', buttons: [pressed('Back', { kind: 'ticket', ticketId: TICKET_ID })] }]),
  )
  addon.backend.on(getTicket, () => ticketView({ status: 'pending' }))
  await panel.press('Merge…', { reply: 'Dear Ada,', note: 'Called twice' })
  expect(panel.depth()).toBe(2)
  await panel.press('Back')
  expect(panel.depth()).toBe(1)
  expect(panel.card().header?.title).toBe('TKT-000042 · Pending')
  expect(panel.values()).toMatchObject({ reply: 'Dear Ada,', note: 'Called twice' })
})

test('from a card on top of a card the way back leads to the ticket below both, also after a failure', async () => {
  const next = (label: string) => ({
    kind: 'buttons' as const,
    buttons: [pressed(label, turnTo('merge', { lay: 'push' }))],
  })
  const panel = await open(withSection([next('Rare acts')]))
  const back: PanelWidget = { kind: 'buttons', buttons: [pressed('Back', { kind: 'ticket', ticketId: TICKET_ID })] }
  addon.backend.on(turnActionDraft, () => panelOf([next('Merge…'), back]))
  addon.backend.on(getTicket, () => ticketView({ status: 'pending' }))
  await panel.press('Rare acts', { reply: 'Dear Ada,' })
  await panel.press('Merge…')
  expect(panel.depth()).toBe(3)
  addon.backend.setDown(true)
  await panel.press('Back')
  await panel.press('Retry')
  expect(panel.depth()).toBe(4)
  addon.backend.setDown(false)
  await panel.press('Retry')
  expect(panel.depth()).toBe(1)
  expect(panel.card().header?.title).toBe('TKT-000042 · Pending')
  expect(panel.values()).toMatchObject({ reply: 'Dear Ada,' })
})

test('the arrow back leaves what was typed below a card that was laid on top', async () => {
  const panel = await open(
    withSection([{ kind: 'buttons', buttons: [pressed('Merge…', turnTo('merge', { lay: 'push' }))] }]),
  )
  addon.backend.on(turnActionDraft, () => panelOf([inputOf('number', '')]))
  await panel.press('Merge…', { reply: 'Dear Ada,' })
  await panel.panel.handle({ act: 'back' })
  expect(panel.panel.html()).toContain('Dear Ada,')
})

test('a change on a card that lies on top closes it and brings the ticket below up to date, with what had been typed there', async () => {
  const panel = await open(
    withSection([{ kind: 'buttons', buttons: [pressed('Merge…', turnTo('merge', { lay: 'push' }))] }]),
  )
  addon.backend.on(turnActionDraft, () =>
    panelOf([
      {
        kind: 'buttons',
        buttons: [pressed('Put on hold', change({ body: { status: 'on_hold', version: 3 }, takes: [] }))],
      },
    ]),
  )
  addon.backend.on(moveTicket, ({ body }) => ticketView({ status: body.status }))
  await panel.press('Merge…', { reply: 'Dear Ada,' })
  await panel.press('Put on hold')
  expect(panel.depth()).toBe(1)
  expect(panel.card().header?.title).toBe('TKT-000042 · On hold')
  expect(panel.values()).toMatchObject({ reply: 'Dear Ada,' })
})

test('a line that opens a ticket lays it on top of the list, and the way back leads to the list', async () => {
  addon.backend.on(showQueue, () => queueCard())
  addon.backend.on(getTicket, ({ params }) => ticketView({ id: params.ticketId }))
  const panel = addon.panelOf()
  await panel.panel.openHomepage()
  await panel.press('Broken jar')
  expect(panel.depth()).toBe(2)
  expect(addon.backend.callsOf(getTicket)).toMatchObject([{ params: { ticketId: TICKET_ID } }])
  await panel.panel.handle({ act: 'back' })
  expect(panel.card().header?.title).toBe('Honey Hill')
})

test('a drop-down of the homepage shows another view in its place, in one call', async () => {
  const views: PanelWidget = {
    kind: 'pick',
    name: 'view',
    label: 'Other views',
    choices: [
      { value: 'mine', label: 'Mine (1)', chosen: true },
      { value: 'snoozed', label: 'Snoozed (3)', chosen: false },
    ],
    press: turnTo('view'),
  }
  addon.backend.on(showQueue, () => queueCard({ running: [views] }))
  const panel = addon.panelOf()
  await panel.panel.openHomepage()
  addon.backend.heard.length = 0
  addon.backend.on(turnActionDraft, () => queueCard({ title: 'Snoozed' }))
  await panel.choose('view', 'snoozed')
  expect(addon.backend.heard).toMatchObject([{ body: { fields: { view: ['snoozed'] } } }])
  expect(panel.card().header?.title).toBe('Snoozed')
  expect(panel.depth()).toBe(1)
})

test('a change that was tampered with to lead elsewhere is not followed', async () => {
  const panel = await open(withSection([{ kind: 'buttons', buttons: [pressed('Put off', change())] }]))
  const { parameters } = panel.action('Put off')
  for (const path of ['.evil.example/v1/', 'https://evil.example/', '@evil.example/v1/']) {
    await panel.panel.click({ function: 'onAction', parameters: { ...parameters, path }, formInputs: {} })
    expect(panel.text()).toContain('This button belongs to an older card.')
  }
  expect(addon.backend.heard).toEqual([])
})
