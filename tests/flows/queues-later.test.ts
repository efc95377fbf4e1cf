import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mergeTickets, undoRegrouping } from '../../shared/merging.ts'
import type { PanelSection } from '../../shared/panel.ts'
import {
  finishReminder,
  getQueue,
  listReminders,
  type QueueName,
  remindMe,
  type SnoozeUntil,
  showLater,
  showQueue,
  snoozeTicket,
  wakeTicket,
} from '../../shared/queues.ts'
import {
  getTicket,
  listTimeline,
  lookUpTicket,
  moveTicket,
  type TicketCardView,
  tagTicket,
} from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, SUPPORT, startDesk } from '../support/desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { fieldOf, panelOf, textOf, widgetsOf } from '../support/panel-hands.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let people = 0

async function wrote(subject: string, from = `later${++people}@home.example`) {
  const { messageId } = await desk.google.customers.write({ from, to: SUPPORT, subject, text: 'Where is it?' })
  await desk.settle()
  const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId } })
  if (!ticket) throw new Error('No ticket was made')
  return { ...ticket, messageId, from }
}

async function delivered(to: { messageId: string; from: string }, more: Record<string, string> = {}) {
  const headers = {
    From: to.from,
    To: SUPPORT,
    Subject: 'Re: it',
    'Message-ID': `<later-${++people}@home.example>`,
    'In-Reply-To': to.messageId,
    ...more,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  desk.google.deliver(Buffer.from(`${lines.join('')}\r\nStill waiting.`), { from: to.from, to: [SUPPORT] })
  await desk.settle()
}

const snooze = ({ id }: { id: string }, until: SnoozeUntil, who: StaffName = 'nora') =>
  desk.as(who).call(snoozeTicket, { params: { ticketId: id }, body: { until } })

const wake = ({ id }: { id: string }) => desk.as('nora').call(wakeTicket, { params: { ticketId: id } })

const subjects = async (view: QueueName) =>
  (await desk.as('nora').call(getQueue, { params: { view }, query: { limit: 50 } })).items.map(({ subject }) => subject)

const wordsOn = ({ sections }: { sections: PanelSection[] }) =>
  textOf({ title: '', subtitle: null, sections, say: null })

const types = async ({ id }: { id: string }) =>
  (await desk.as('nora').call(listTimeline, { params: { ticketId: id } })).items.map(({ type }) => type)

const move = async ({ id }: { id: string }, status: 'solved') => {
  const { version } = await desk.as('nora').call(getTicket, { params: { ticketId: id } })
  return desk.as('nora').call(moveTicket, { params: { ticketId: id }, body: { status, version } })
}

const later = (minutes: number) => new Date(desk.clock.now().getTime() + minutes * 60_000).toISOString()

test('a snoozed ticket leaves the work views, says so, and comes back when its time has come', async () => {
  const ticket = await wrote('Comes back at a time')
  const card = await snooze(ticket, later(60))
  expect(wordsOn(card)).toContain('Snoozed: until {{')
  expect(await subjects('unassigned')).not.toContain('Comes back at a time')
  expect(await subjects('unanswered')).not.toContain('Comes back at a time')
  expect(await subjects('snoozed')).toEqual(['Comes back at a time'])
  await desk.travel('59 min')
  await desk.settle()
  expect(await subjects('snoozed')).toEqual(['Comes back at a time'])
  await desk.travel('2 min')
  await desk.settle()
  expect(await subjects('snoozed')).toEqual([])
  expect(await subjects('unassigned')).toContain('Comes back at a time')
  expect(await types(ticket)).toEqual(expect.arrayContaining(['ticket.snoozed', 'ticket.woken']))
})

test("the customer's mail wakes it at once; a machine's does not", async () => {
  const ticket = await wrote('Comes back on an answer')
  await snooze(ticket, 'answer')
  expect(wordsOn(await desk.as('nora').call(getTicket, { params: { ticketId: ticket.id } }))).toContain(
    'Snoozed: until the customer answers',
  )
  await delivered(ticket, { 'Auto-Submitted': 'auto-replied' })
  expect(await subjects('snoozed')).toContain('Comes back on an answer')
  await delivered(ticket)
  expect(await subjects('snoozed')).not.toContain('Comes back on an answer')
  expect(await subjects('open')).toContain('Comes back on an answer')
})

test('snoozed again for longer, the first time wakes nothing; woken by hand, it is back', async () => {
  const ticket = await wrote('Twice snoozed')
  await snooze(ticket, later(10))
  await snooze(ticket, later(600))
  await desk.travel('30 min')
  await desk.settle()
  expect(await subjects('snoozed')).toContain('Twice snoozed')
  const card = await wake(ticket)
  expect(wordsOn(card)).not.toContain('Snoozed')
  expect((await types(ticket)).filter((type) => type === 'ticket.woken')).toHaveLength(1)
  await wake(ticket)
  expect((await types(ticket)).filter((type) => type === 'ticket.woken')).toHaveLength(1)
})

test('solved work is not snoozed any more, and cannot be snoozed', async () => {
  const ticket = await wrote('Solved while asleep')
  await snooze(ticket, 'monday')
  await move(ticket, 'solved')
  expect(await subjects('snoozed')).not.toContain('Solved while asleep')
  expect(await refusalOf(snooze(ticket, 'tomorrow'))).toMatchObject({
    code: 'move_not_allowed',
    message: 'Only an open ticket can be snoozed: nobody works on this one any more.',
  })
})

async function merge(survivor: { id: string }, other: { id: string }) {
  const params = { ticketId: survivor.id }
  await desk.as('nora').call(mergeTickets, { params, body: { ticketIds: [other.id], acrossCustomers: true } })
  const { payload } = (await desk.events('ticket.merged')).at(-1) ?? {}
  const { regroupingId } = payload as { regroupingId: string }
  return { undo: () => desk.as('nora').call(undoRegrouping, { params: { ...params, regroupingId } }) }
}

test('what another ticket brought in ends a snooze; taken back, both sleep on until their times', async () => {
  const [survivor, other] = [await wrote('Sleeps while merged'), await wrote('Merged in')]
  await snooze(survivor, later(600))
  await snooze(other, 'answer')
  const { undo } = await merge(survivor, other)
  expect(await subjects('snoozed')).toEqual(expect.not.arrayContaining(['Sleeps while merged', 'Merged in']))
  expect(await subjects('unassigned')).toContain('Sleeps while merged')
  await undo()
  expect(await subjects('snoozed')).toEqual(expect.arrayContaining(['Sleeps while merged', 'Merged in']))
  await desk.travel('601 min')
  await desk.settle()
  expect(await subjects('snoozed')).toContain('Merged in')
  expect(await subjects('unassigned')).toContain('Sleeps while merged')
})

test('a merge that is taken back after the customer wrote, or after the time of the snooze, leaves both awake', async () => {
  const [survivor, other] = [await wrote('Awake since'), await wrote('Over since')]
  await snooze(survivor, 'answer')
  await snooze(other, later(60))
  const { undo } = await merge(survivor, other)
  await desk.travel('61 min')
  await delivered(survivor)
  await undo()
  expect(await subjects('snoozed')).toEqual(expect.not.arrayContaining(['Awake since', 'Over since']))
  expect(await subjects('unassigned')).toEqual(expect.arrayContaining(['Awake since', 'Over since']))
})

test('a time that has passed, or is too far, is refused with what to do', async () => {
  const ticket = await wrote('Bad times')
  expect(await refusalOf(snooze(ticket, later(-1)))).toMatchObject({
    message: 'This time has passed. Choose a later one.',
  })
  expect(await refusalOf(snooze(ticket, later(400 * 1440)))).toMatchObject({
    message: expect.stringContaining('a year away'),
  })
})

test('tags of a snoozed ticket leave the view of the tag, and come back with it', async () => {
  const ticket = await wrote('Tagged and snoozed')
  await desk.as('nora').call(tagTicket, { params: { ticketId: ticket.id }, body: { add: ['naps'], remove: [] } })
  const tagged = async () =>
    (await desk.as('nora').call(getQueue, { params: { view: 'tag' }, query: { of: 'naps' } })).items.length
  await snooze(ticket, 'tomorrow')
  expect(await tagged()).toBe(0)
  await wake(ticket)
  expect(await tagged()).toBe(1)
})

test('the card of a ticket snoozes by one choice, and another day is a card behind it', async () => {
  const ticket = await wrote('By the card')
  const { below } = await desk.as('nora').call(getTicket, { params: { ticketId: ticket.id } })
  const pick = below.flatMap(({ widgets }) => widgets).find((widget) => 'name' in widget && widget.name === 'until')
  expect(pick).toMatchObject({
    press: { kind: 'change', method: 'PUT', path: `/v1/tickets/${ticket.id}/snooze`, takes: ['until'] },
    choices: expect.arrayContaining([{ value: 'tomorrow', label: 'Tomorrow morning', chosen: false }]),
  })
  const panel = panelOf(desk, 'nora')
  const card = await desk.as('nora').call(showLater, { params: { ticketId: ticket.id } })
  const wrong = await panel.press(card, 'Snooze', { 'snooze.hour': '14' })
  expect(textOf(wrong)).toContain('Choose a day.')
  expect(fieldOf(wrong, 'snooze.hour')).toEqual(['14'])
  const done = await panel.press(wrong, 'Snooze', { 'snooze.day': later(3 * 1440).slice(0, 10), 'snooze.hour': '14' })
  expect(textOf(done)).toContain('It comes back {{')
  expect(await subjects('snoozed')).toContain('By the card')
})

test('a reminder comes by mail at its time and stands on the homepage until it is done', async () => {
  const ticket = await wrote('Remember me')
  const reminder = await desk.as('nora').call(remindMe, {
    params: { ticketId: ticket.id },
    body: { at: later(120), words: 'Ask the courier again' },
  })
  const home = () => desk.as('nora').call(showQueue, { params: { view: 'mine' } })
  expect(textOf(await home())).not.toContain('Ask the courier again')
  expect((await desk.as('nora').call(listReminders)).items).toEqual([reminder])
  expect((await desk.as('sam').call(listReminders)).items).toEqual([])
  await desk.travel('121 min')
  await desk.settle()
  expect(textOf(await home())).toContain(`${ticket.number}`)
  expect(textOf(await home())).toContain('Ask the courier again')
  expect(noticesTo(desk, 'nora')).toMatchObject([{ subject: `${ticket.number}: your reminder` }])
  expect(noticesTo(desk, 'nora')[0]?.text).toContain('Ask the courier again')
  const after = await panelOf(desk, 'nora').press(await home(), 'Done')
  expect(textOf(after)).not.toContain('Ask the courier again')
  expect((await desk.as('nora').call(listReminders)).items).toEqual([])
})

test('all that one wants to be reminded of is a card of its own, behind More of the homepage', async () => {
  const ticket = await wrote('Look again')
  await desk
    .as('sam')
    .call(remindMe, { params: { ticketId: ticket.id }, body: { at: later(3 * 1440), words: 'Ask the carrier' } })
  const sam = panelOf(desk, 'sam')
  const home = await desk.as('sam').call(showQueue, { params: { view: 'mine' } })
  const list = await sam.press(home, 'My reminders')
  expect(textOf(list)).toContain('Ask the carrier')
  const empty = await sam.press(list, 'Done')
  expect(textOf(empty)).toContain('None.')
})

test('a reminder that is done before its time is not mailed, and nobody finishes that of another', async () => {
  const ticket = await wrote('Done before')
  const { id } = await desk.as('nora').call(remindMe, { params: { ticketId: ticket.id }, body: { at: later(60) } })
  expect(await refusalOf(desk.as('sam').call(finishReminder, { params: { reminderId: id } }))).toMatchObject({
    status: 404,
  })
  await desk.as('nora').call(finishReminder, { params: { reminderId: id } })
  const before = noticesTo(desk, 'nora').length
  await desk.travel('61 min')
  await desk.settle()
  expect(noticesTo(desk, 'nora')).toHaveLength(before)
})

test('a reminder that is typed on the card keeps its words when the day is missing', async () => {
  const ticket = await wrote('Typed reminder')
  const panel = panelOf(desk, 'nora')
  const card = await desk.as('nora').call(showLater, { params: { ticketId: ticket.id } })
  const wrong = await panel.press(card, 'Remind me', { 'remind.words': 'Parcel arrives' })
  expect(fieldOf(wrong, 'remind.words')).toBe('Parcel arrives')
  const done = await panel.press(wrong, 'Remind me', {
    'remind.words': 'Parcel arrives',
    'remind.day': later(2 * 1440).slice(0, 10),
  })
  expect(done.say).toBe('Reminder set')
  const card2: TicketCardView = await desk.as('nora').call(getTicket, { params: { ticketId: ticket.id } })
  expect(wordsOn(card2)).toContain('Reminds you: {{')
  expect(widgetsOf(done).length).toBeGreaterThan(0)
})
