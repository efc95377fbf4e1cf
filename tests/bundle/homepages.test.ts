import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { timelineCard } from '../../backend/features/tickets/card/timeline-card.ts'
import { sentenceOf } from '../../backend/features/tickets/card/timeline-words.ts'
import { listReports } from '../../shared/analytics.ts'
import { showQueue } from '../../shared/queues.ts'
import {
  createTicket,
  getTicket,
  listMessages,
  lookUpTicket,
  showTimeline,
  type TimelineEntry,
} from '../../shared/tickets.ts'
import { type AddonUnderTest, startAddon } from './support/addon.ts'
import { queueCard } from './support/queue-cards.ts'
import { listed } from './support/reports.ts'
import { REFERENCE } from './support/stand-in.ts'
import { author, message, NORA, TICKET_ID, ticketView, uuid } from './support/views.ts'

let addon: AddonUnderTest
beforeAll(async () => {
  addon = await startAddon()
})
afterAll(() => addon.close())
afterEach(() => addon.expectSound())

test('the homepage shows what is mine, with the counts of the other views', async () => {
  addon.backend.on(showQueue, () => queueCard())
  const { panel, ...shown } = addon.panelOf()
  await panel.openHomepage()
  expect(shown.card().header).toEqual({ title: 'Honey Hill', subtitle: 'Nora Lind' })
  for (const tab of ['Mine (1)', 'Unassigned (12)', 'All open (1000+)']) expect(shown.isDisabled(tab)).toBe(false)
  expect(shown.text()).toContain('Ada Byron · nobody · waiting 1 h')
  expect(addon.backend.heard).toMatchObject([{ params: { view: 'mine' }, query: {} }])
})

test('in Sheets the menu leads to the same queue', async () => {
  addon.backend.on(showQueue, () => queueCard())
  addon.backend.on(listReports, () => listed())
  const { panel, card, text } = addon.panelOf(undefined, { hostApp: 'SHEETS' })
  await panel.openHomepage()
  expect(card().header?.title).toBe('Reports')
  await panel.universal(1)
  expect(text()).toContain('Broken jar')
})

test('a page of the queue lies on top of the one before, with its cursor', async () => {
  addon.backend.on(showQueue, ({ query }) => queueCard({ next: query.cursor ? null : 'page-2' }))
  const { panel, press, depth } = addon.panelOf()
  await panel.openHomepage()
  await press('All open (1000+)')
  expect(depth()).toBe(1)
  await press('More tickets')
  expect(depth()).toBe(2)
  expect(addon.backend.heard.at(-1)).toMatchObject({ params: { view: 'open' }, query: { cursor: 'page-2' } })
})

test('a ticket opens from the queue without any mail, and its buttons still work', async () => {
  addon.backend.on(showQueue, () => queueCard())
  addon.backend.on(getTicket, () => ticketView())
  const { panel, press, card, depth } = addon.panelOf()
  await panel.openHomepage()
  await press('Broken jar')
  expect(card().header?.title).toBe('TKT-000042 · Open')
  expect(depth()).toBe(2)
  await press('Refresh')
  expect(depth()).toBe(2)
  expect(addon.backend.callsOf(getTicket)).toHaveLength(2)
})

test('a mail that is no ticket offers to make one of it, with the key of the look-up', async () => {
  addon.backend.on(lookUpTicket, () => ({ ticket: null, key: 'key-of-look-up' }))
  addon.backend.on(createTicket, () => ticketView())
  const mail = await addon.mailArrives('Where is my order?', 'I ordered a week ago.')
  const { panel, press, card, text, notification } = addon.panelOf()
  await panel.openMessage(mail)
  expect(card().header?.title).toBe('Not a ticket yet')
  expect(text()).toContain('Where is my order?')
  await press('Create ticket')
  expect(addon.backend.callsOf(createTicket)).toMatchObject([
    {
      key: 'key-of-look-up',
      body: {
        messageId: mail.head.messageId,
        references: [],
        subject: 'Where is my order?',
        from: expect.stringContaining('ada@customer.example'),
        sentAt: '2026-11-20T10:05:00.000Z',
        text: expect.stringContaining('I ordered a week ago.'),
      },
    },
  ])
  expect(card().header?.title).toBe('TKT-000042 · Open')
  expect(notification()).toBe('TKT-000042 created')
})

test('a reply is looked up by what it answers, the nearest last', async () => {
  addon.backend.on(lookUpTicket, () => ({ ticket: null, key: 'key-of-look-up' }))
  const first = await addon.mailArrives('Jar', 'One')
  addon.google.users.send('nora@honeyhill.example', {
    bytes: Buffer.from(
      [
        'From: nora@honeyhill.example',
        'To: omar@honeyhill.example',
        'Subject: Fwd',
        `References: <a@x.example> ${first.head.messageId}`,
        `In-Reply-To: ${first.head.messageId}`,
        '',
        'See below',
      ].join('\r\n'),
    ),
  })
  await addon.panelOf('omar@honeyhill.example').panel.openMessage(addon.newestMail('omar@honeyhill.example'))
  expect(addon.backend.heard.at(-1)?.body).toMatchObject({ references: ['<a@x.example>', first.head.messageId] })
})

test('the conversation and the timeline open on top, page by page, and leave what was typed', async () => {
  addon.backend.on(lookUpTicket, () => ({ ticket: ticketView(), key: 'key-of-look-up' }))
  addon.backend.on(listMessages, ({ query }) => ({
    items: [
      {
        ...message(1, 'The jar'),
        subject: 'Broken jar',
        text: 'The jar arrived broken.\nSorry.',
        reply: null,
        notes: [],
      },
    ],
    next: query.cursor ? null : 'older',
  }))
  const entry = (type: string, facts: TimelineEntry['facts']) => ({
    id: uuid(9),
    type,
    occurredAt: '2026-11-19T09:00:00.000Z',
    actor: author(NORA.name, 'staff'),
    facts,
    words: sentenceOf({ type, facts, actor: author(NORA.name, 'staff') }),
  })
  const items = [
    entry('ticket.moved', { from: 'open', to: 'on_hold', ticketId: TICKET_ID }),
    entry('order.linked', { orderId: uuid(501), order: 'HH-1042' }),
    entry('order.unlinked', { orderId: uuid(502) }),
    entry('action.confirmed', { actionId: uuid(700) }),
    entry('action.step_done', { actionId: uuid(700), kind: 'gift_card' }),
    entry('action.step_refused', { actionId: uuid(700), kind: 'refund' }),
  ]
  addon.backend.on(showTimeline, ({ query }) =>
    timelineCard({ id: TICKET_ID, number: 'TKT-000042' }, { items, next: query.cursor ? null : 'older/+' }),
  )
  const { panel, press, text, depth } = addon.panelOf()
  await panel.openMessage(await addon.mailArrives('Broken jar', 'The jar arrived broken.'))
  await press('All messages (1)', { reply: 'Dear Ada,' })
  expect(text()).toContain('The jar arrived broken.<br>Sorry.')
  await press('Older')
  expect(depth()).toBe(3)
  await panel.handle({ act: 'back' })
  await panel.handle({ act: 'back' })
  expect(panel.html()).toContain('Dear Ada,')
  await press('Timeline')
  expect(text()).toContain('Open to On hold')
  expect(text()).toContain('19 Nov')
  expect(text()).toContain('HH-1042 linked')
  expect(text()).toContain('An order taken off')
  expect(text()).toContain('Action confirmed')
  expect(text()).toContain('Gift card done')
  expect(text()).toContain('Refund refused by Shopify')
  expect(text()).toContain('19 Nov, 10:00 · Nora Lind')
  await press('Older')
  expect(depth()).toBe(3)
  expect(addon.backend.heard.at(-1)).toMatchObject({ endpoint: showTimeline, query: { cursor: 'older/+' } })
  expect(text()).not.toContain('Older')
})

test('the universal actions show the queue, and refresh what is open', async () => {
  addon.backend.on(showQueue, () => queueCard())
  addon.backend.on(lookUpTicket, () => ({ ticket: ticketView(), key: 'key-of-look-up' }))
  const { panel, card } = addon.panelOf()
  await panel.openHomepage()
  await panel.universal(0)
  expect(card().header?.title).toBe('Honey Hill')
  await panel.openMessage(addon.newestMail())
  await panel.universal(0)
  expect(card().header?.title).toBe('TKT-000042 · Open')
  await panel.universal(1)
  expect(card().header?.title).toBe('Honey Hill')
  expect((await panel.universal(2)).link?.url).toBe('https://desk.honeyhill.example/help')
})

test('on a phone, which has no homepage, the queue is reached from the card of a mail', async () => {
  addon.backend.on(showQueue, () => queueCard())
  addon.backend.on(lookUpTicket, () => ({ ticket: ticketView(), key: 'key-of-look-up' }))
  const { panel, press, card } = addon.panelOf(undefined, { platform: 'ANDROID' })
  await panel.openMessage(addon.newestMail())
  await press('Queue')
  expect(card().header?.title).toBe('Honey Hill')
})

test.each([
  ['unknown_staff', 'No access', 'Ask an admin', true],
  ['forbidden', 'No access', 'Ask an admin', false],
  ['addon_outdated', 'Update needed', 'deploy the newest add-on', true],
  ['unauthenticated', 'Please sign in again', 'Reload the page', true],
  ['unavailable', 'Sidedesk does not answer', 'Your mail is safe', true],
  ['rate_limited', 'Too fast', 'Wait a minute', true],
  ['internal', 'This did not work', 'The words of the backend.', true],
] as const)(
  '%s gives the card "%s" with the words of the backend and the reference',
  async (code, title, advice, retries) => {
    addon.backend.refuse(showQueue, code, 'The words of the backend.')
    const { panel, card, text, press, depth } = addon.panelOf()
    await panel.openHomepage()
    expect(card().header?.title).toBe(title)
    for (const words of ['The words of the backend.', advice, REFERENCE]) expect(text()).toContain(words)
    addon.backend.on(showQueue, () => queueCard())
    if (!retries) return expect(text()).not.toContain('Retry')
    await press('Retry')
    expect(card().header?.title).toBe('Honey Hill')
    expect(depth()).toBe(1)
  },
)
