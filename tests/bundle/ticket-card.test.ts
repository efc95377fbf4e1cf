import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { typedChange } from '../../backend/features/tickets/typed-tags.ts'
import {
  assignTicket,
  getTicket,
  listMessages,
  lookUpTicket,
  moveTicket,
  noteTicket,
  prioritiseTicket,
  tagTicket,
  unvoidTicket,
  voidTicket,
} from '../../shared/tickets.ts'
import { type AddonUnderTest, NORA_MAIL, OMAR_MAIL, startAddon } from './support/addon.ts'
import { REFERENCE, Refused } from './support/stand-in.ts'
import { message, NORA, OMAR, TICKET_ID, ticketView, uuid } from './support/views.ts'

let addon: AddonUnderTest
beforeAll(async () => {
  addon = await startAddon()
  await addon.mailArrives('Broken jar', 'The jar arrived broken.')
})
afterAll(() => addon.close())
afterEach(() => {
  expect(addon.backend.broken).toEqual([])
  addon.backend.heard.length = 0
})

async function openTicket(view = ticketView()) {
  addon.backend.on(lookUpTicket, () => ({ ticket: view, key: 'key-of-nothing' }))
  const panel = addon.panelOf()
  await panel.panel.openMessage(addon.newestMail())
  return panel
}

test('opening a mail finds its ticket by Message-ID with one call, whoever opens it', async () => {
  const panel = await openTicket()
  expect(panel.card().header).toEqual({ title: 'TKT-000042 · Open', subtitle: 'Broken jar' })
  await addon.panelOf(OMAR_MAIL).panel.openMessage(addon.newestMail(OMAR_MAIL))
  const [first, second, ...more] = addon.backend.heard
  expect(more).toEqual([])
  expect(addon.newestMail().messageId).not.toBe(addon.newestMail(OMAR_MAIL).messageId)
  expect(first?.body).toEqual(second?.body)
  expect(first?.body).toEqual({ messageId: addon.newestMail().head.messageId, references: [] })
  expect(first?.token).toContain(NORA_MAIL)
  expect(first?.version).toBe('0.1.0')
})

test('what there is to say of how a mail came stands below its words in one line, and the rest is with all messages', async () => {
  const newest = { ...message(1, 'See the files.'), notes: ['photos.zip was left out.', 'Signed by PGP.', 'Cut.'] }
  const panel = await openTicket(ticketView({ messages: [newest], messageCount: 1 }))
  expect(panel.text()).toContain('photos.zip was left out. · 2 more to know: All messages')
  expect(panel.text()).not.toContain('Signed by PGP.')
  addon.backend.on(listMessages, () => ({
    items: [{ ...newest, subject: 'Files', text: 'See the files.', reply: null }],
    next: null,
  }))
  await panel.press('All messages (1)')
  for (const note of newest.notes) expect(panel.text()).toContain(note)
})

test('taking a ticket is one write with the version and the key of the view, and redraws the card in place', async () => {
  const panel = await openTicket()
  addon.backend.on(assignTicket, () => ticketView({ assignee: NORA, version: 4, key: 'key-of-view-4' }))
  await panel.press('Take')
  expect(addon.backend.callsOf(assignTicket)).toMatchObject([
    { params: { ticketId: TICKET_ID }, body: { assigneeId: NORA.id, version: 3 }, key: 'key-of-view-3' },
  ])
  expect(panel.text()).toContain('Nora Lind (you)')
  expect(panel.depth()).toBe(1)
  expect(panel.isDisabled('Take')).toBeUndefined() // it has left the card
  expect(panel.notification()).toBe('TKT-000042 is yours')
  expect(panel.panel.state().homeIsStale).toBe(true)
})

test('drop-downs offer the allowed moves and act at once', async () => {
  const panel = await openTicket()
  addon.backend.on(moveTicket, ({ body }) => ticketView({ status: body.status, version: 4 }))
  await panel.choose('status', 'solved')
  expect(panel.card().header?.title).toBe('TKT-000042 · Solved')
  addon.backend.on(assignTicket, ({ body }) => ticketView({ assignee: body.assigneeId === OMAR.id ? OMAR : null }))
  await panel.choose('assignee', OMAR.id)
  expect(panel.text()).toContain('Omar Sy')
  await panel.choose('assignee', 'nobody')
  expect(addon.backend.callsOf(assignTicket).map(({ body }) => body)).toEqual([
    { assigneeId: OMAR.id, version: 4 },
    { assigneeId: 'nobody', version: 3 },
  ])
})

test('of more staff than a drop-down shows, the one who holds the ticket stays chosen', async () => {
  const assignable = Array.from({ length: 150 }, (_, at) => ({ id: uuid(1_000 + at), name: `Agent ${at}` }))
  const panel = await openTicket(ticketView({ assignable, assignee: { id: uuid(1_140), name: 'Agent 140' } }))
  expect(panel.values().assignee).toBe(uuid(1_140))
})

test('a half-written answer outlives a note, and the note that was sent is gone', async () => {
  const panel = await openTicket()
  addon.backend.on(noteTicket, () => ticketView({ version: 4 }))
  await panel.press('Add note', { note: 'Asked the warehouse', reply: 'Dear Ada,' })
  expect(addon.backend.callsOf(noteTicket)).toMatchObject([
    { body: { text: 'Asked the warehouse' }, key: 'key-of-view-3' },
  ])
  expect(panel.values()).toMatchObject({ note: '', reply: 'Dear Ada,' })
})

test('a refused note is redrawn with what was typed and why', async () => {
  const panel = await openTicket()
  addon.backend.refuse(noteTicket, 'too_large', 'A note may have 20000 characters.')
  addon.backend.on(getTicket, () => ticketView({ version: 5, key: 'key-of-view-5' }))
  await panel.press('Add note', { note: 'A long story' })
  expect(panel.values().note).toBe('A long story')
  expect(panel.text()).toContain('A note may have 20000 characters.')
  addon.backend.on(noteTicket, () => ticketView({ version: 6 }))
  await panel.press('Add note', { note: 'A short story' })
  expect(addon.backend.callsOf(noteTicket).at(-1)).toMatchObject({
    key: 'key-of-view-5',
    body: { text: 'A short story' },
  })
})

test('a stale view shows the newer state and says that nothing was saved', async () => {
  const panel = await openTicket()
  addon.backend.refuse(moveTicket, 'stale_version', 'The ticket has changed.')
  addon.backend.on(getTicket, () => ticketView({ assignee: OMAR, version: 9, status: 'pending' }))
  await panel.choose('status', 'solved')
  expect(panel.card().header?.title).toBe('TKT-000042 · Pending')
  expect(panel.text()).toContain('Someone changed this ticket meanwhile')
  expect(panel.text()).toContain('Omar Sy')
  expect(panel.depth()).toBe(1)
})

test('a backend that is down gives a card that keeps the text, and Retry makes the same call with the same key', async () => {
  const panel = await openTicket()
  addon.backend.on(noteTicket, () => ticketView({ version: 4 }))
  addon.backend.setDown(true)
  await panel.press('Add note', { note: 'Do not lose me', reply: 'Dear Ada,' })
  expect(panel.card().header?.title).toBe('Sidedesk does not answer')
  expect(panel.depth()).toBe(2)
  addon.backend.setDown(false)
  await panel.press('Retry')
  expect(addon.backend.callsOf(noteTicket)).toMatchObject([
    { params: { ticketId: TICKET_ID }, body: { text: 'Do not lose me' }, key: 'key-of-view-3' },
  ])
  expect(panel.depth()).toBe(1)
  expect(panel.card().header?.title).toBe('TKT-000042 · Open')
  expect(panel.values()).toMatchObject({ note: '', reply: 'Dear Ada,' })
})

test('Retry repeats a choice that failed', async () => {
  const panel = await openTicket()
  addon.backend.on(moveTicket, ({ body }) => ticketView({ status: body.status }))
  addon.backend.setDown(true)
  await panel.choose('status', 'on_hold')
  await panel.press('Retry')
  expect(panel.depth()).toBe(2)
  addon.backend.setDown(false)
  await panel.press('Retry')
  expect(addon.backend.callsOf(moveTicket)).toMatchObject([
    { body: { status: 'on_hold', version: 3 }, key: 'key-of-view-3' },
  ])
  expect(panel.depth()).toBe(1)
})

test('an unexpected failure of the backend shows its reference', async () => {
  const panel = await openTicket()
  addon.backend.refuse(tagTicket, 'internal', 'Something went wrong on our side.')
  await panel.press('Save tags', { tags: 'honey, glass' })
  expect(panel.text()).toContain(REFERENCE)
  expect(panel.values()).toEqual({ tags: 'honey, glass' })
})

test('tags are added and removed, so that tags of others stay', async () => {
  const panel = await openTicket(ticketView({ tags: ['honey', 'vip'] }))
  addon.backend.on(tagTicket, () => ticketView({ tags: ['glass', 'honey'] }))
  await panel.press('Save tags', { tags: ' honey ,glass, glass,' })
  const [{ body } = {}] = addon.backend.callsOf(tagTicket)
  expect(body).toMatchObject({ tags: ' honey ,glass, glass,', shown: 'honey, vip' })
  expect(typedChange('honey, vip', ' honey ,glass, glass,')).toEqual({ add: ['glass'], remove: ['vip'] })
})

test('refused tags are offered again on top of what another added meanwhile', async () => {
  const panel = await openTicket(ticketView({ tags: ['honey', 'vip'] }))
  addon.backend.refuse(tagTicket, 'invalid_request', 'A tag may have 40 characters.')
  addon.backend.on(getTicket, () => ticketView({ tags: ['honey', 'vip', 'urgent'] }))
  await panel.press('Save tags', { tags: 'honey, glass' })
  expect(panel.values().tags).toBe('honey, urgent, glass')
})

test('a refusal of something else shows the newest tags, not those of the old card', async () => {
  const panel = await openTicket(ticketView({ tags: ['honey'] }))
  addon.backend.refuse(moveTicket, 'stale_version', 'The ticket has changed.')
  addon.backend.on(getTicket, () => ticketView({ tags: ['honey', 'vip'] }))
  await panel.choose('status', 'solved')
  expect(panel.values().tags).toBe('honey, vip')
})

test('someone who may only look sees why nothing can be pressed, and no field to type into', async () => {
  const panel = await openTicket(ticketView({ me: { ...NORA, mayWork: false } }))
  for (const label of ['Take', 'Add note', 'Send', 'Spam']) expect(panel.isDisabled(label)).toBe(true)
  expect(panel.text()).toContain('Your role may look at tickets, not work on them.')
  expect(panel.values()).toEqual({})
})

test('a ticket that is none is voided with its reason, and only brought back before anything else', async () => {
  const panel = await openTicket()
  addon.backend.on(voidTicket, ({ body }) => ticketView({ voidReason: body.reason, version: 4, key: 'key-of-view-4' }))
  addon.backend.on(unvoidTicket, () => ticketView({ version: 5 }))
  await panel.press('Duplicate')
  expect(addon.backend.callsOf(voidTicket)).toMatchObject([
    { body: { reason: 'duplicate', version: 3 }, key: 'key-of-view-3' },
  ])
  for (const label of ['Take', 'Send', 'Add note']) expect(panel.isDisabled(label)).toBe(true)
  expect(panel.text()).toContain('This ticket is void. Bring it back first.')
  await panel.press('Bring back')
  expect(addon.backend.callsOf(unvoidTicket)).toMatchObject([{ body: { version: 4 }, key: 'key-of-view-4' }])
  expect(panel.isDisabled('Take')).toBe(false)
})

test('a priority is set at once', async () => {
  const panel = await openTicket()
  addon.backend.on(prioritiseTicket, ({ body }) => ticketView({ priority: body.priority }))
  await panel.choose('priority', 'urgent')
  expect(addon.backend.callsOf(prioritiseTicket)).toMatchObject([{ body: { priority: 'urgent', version: 3 } }])
  expect(panel.notification()).toBe('Priority set')
})

test('the ticket that this one follows opens without what was typed here', async () => {
  const panel = await openTicket(ticketView({ follows: { id: uuid(41), number: 'TKT-000041' } }))
  addon.backend.on(getTicket, () => ticketView({ number: 'TKT-000041' }))
  await panel.press('TKT-000041', { note: 'Only for number 42' })
  expect(addon.backend.callsOf(getTicket)).toMatchObject([{ params: { ticketId: uuid(41) } }])
  expect(panel.values().note).toBe('')
  expect(panel.depth()).toBe(2)
})

test('parameters that a client made up are refused by the backend, never by a crash', async () => {
  const panel = await openTicket()
  addon.backend.on(getTicket, () => {
    throw new Refused('not_found', 'There is no such ticket.')
  })
  await panel.panel.click({
    function: 'onAction',
    parameters: { action: 'refreshTicket', ticketId: '../../staff' },
    formInputs: {},
  })
  expect(panel.card().header?.title).toBe('Not found')
  await panel.panel.click({ function: 'onAction', parameters: { action: 'constructor' }, formInputs: {} })
  expect(panel.text()).toContain('older card')
  expect(addon.failures).toEqual([])
})
