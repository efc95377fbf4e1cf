import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import {
  confirmActionDraft,
  draftActionAnswer,
  showActionProgress,
  startActionDraft,
  turnActionDraft,
  undoAction,
} from '../../shared/combined-actions.ts'
import type { OrderView } from '../../shared/orders.ts'
import type { PanelCard, PanelPress, PanelWidget } from '../../shared/panel.ts'
import { showQueue } from '../../shared/queues.ts'
import { getTicket, lookUpTicket, type TicketCardView } from '../../shared/tickets.ts'
import { type AddonUnderTest, NORA_MAIL, startAddon } from './support/addon.ts'
import { problemsByLimits } from './support/limits.ts'
import { ORDER_ID, orderView, shopWith } from './support/order-views.ts'
import { CONFIRM, DRAFT, inputOf, panelOf, pressed, turnTo } from './support/panel-cards.ts'
import { queueCard } from './support/queue-cards.ts'
import { problemsBySchema } from './support/schema.ts'
import { NORA, runningAction, TICKET_ID, ticketView, uuid } from './support/views.ts'

let addon: AddonUnderTest
beforeAll(async () => {
  addon = await startAddon()
  await addon.mailArrives('Broken jar', 'The jar of HH-1042 arrived broken.')
})
afterAll(() => addon.close())
afterEach(() => {
  addon.backend.setDown(false)
  expect(addon.backend.broken).toEqual([])
  expect(addon.failures.filter((failure) => !failure.includes('A draft can wait'))).toEqual([])
  addon.backend.heard.length = 0
})

const STARTS: Partial<OrderView> = {
  starts: [
    { start: 'spillage', label: 'Spilled or broken' },
    { start: 'refund', label: 'Refund only' },
  ],
}
const START = `start-${ORDER_ID}`
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

async function open(view: TicketCardView, where: Parameters<AddonUnderTest['panelOf']>[1] = {}) {
  addon.backend.on(lookUpTicket, () => ({ ticket: view, key: 'key-of-nothing' }))
  addon.backend.on(getTicket, () => view)
  const panel = addon.panelOf(NORA_MAIL, where)
  await panel.panel.openMessage(addon.newestMail())
  return panel
}

/** A form on top of the ticket's card, begun with a preset. */
async function begin(card: PanelCard, where: Parameters<AddonUnderTest['panelOf']>[1] = {}) {
  const panel = await open(ticketView(shopWith([orderView(STARTS)])), where)
  addon.backend.on(startActionDraft, () => card)
  await panel.choose(START, 'spillage')
  addon.backend.heard.length = 0
  return panel
}

const widgetsOf = (panel: Awaited<ReturnType<typeof begin>>) =>
  (panel.card().sections ?? []).flatMap(({ widgets = [] }) => widgets)

test('a choice at an order begins a form on top of the ticket, in one call; chosen again, it is a new form', async () => {
  const panel = await open(ticketView(shopWith([orderView(STARTS)])))
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
  const panel = await open(ticketView(shopWith([orderView(STARTS)])))
  addon.backend.heard.length = 0
  await panel.choose(START, 'nothing')
  expect(panel.notification()).toBe('Choose what happened.')
  expect(addon.backend.heard).toEqual([])
})

test('a start that is refused leaves the ticket with the reason and what was typed', async () => {
  const panel = await open(ticketView(shopWith([orderView(STARTS)])))
  addon.backend.refuse(startActionDraft, 'already_done', 'Sam Okafor is making this order right.')
  await panel.choose(START, 'spillage', { note: 'Called twice' })
  expect(panel.depth()).toBe(1)
  expect(panel.text()).toContain('Sam Okafor is making this order right.')
  expect(panel.values()).toMatchObject({ note: 'Called twice' })
})

test('an order that someone acts on says how far it is and leads there; there is no second start', async () => {
  const acting = { id: ACTION, mine: false, by: 'Sam Okafor', state: 'running' as const, words: 'Sam Okafor: refund' }
  const panel = await open(ticketView(shopWith([orderView({ ...STARTS, acting })])))
  expect(panel.text()).not.toContain(START)
  addon.backend.on(showActionProgress, () => panelOf([{ kind: 'text', text: 'Refund: done', tone: 'plain' }]))
  await panel.press('Sam Okafor: refund')
  expect(addon.backend.callsOf(showActionProgress)).toMatchObject([{ params: { actionId: ACTION } }])
  expect(panel.text()).toContain('Refund: done')
})

test('where nothing can be begun the card says why, and a void ticket or a reader begins nothing', async () => {
  const closed = await open(ticketView(shopWith([orderView({ noStarts: 'The shop does not let Sidedesk in.' })])))
  expect(closed.text()).toContain('The shop does not let Sidedesk in.')
  const empty = await open(ticketView(shopWith([orderView({ starts: [] })])))
  expect(empty.text()).not.toContain('Make it right')
  const isVoid = await open(ticketView({ voidReason: 'spam', ...shopWith([orderView(STARTS)]) }))
  expect(isVoid.text()).not.toContain(START)
  const reader = await open(ticketView({ me: { ...NORA, mayWork: false }, ...shopWith([orderView(STARTS)]) }))
  expect(reader.text()).not.toContain(START)
})

test('every kind of widget is drawn', async () => {
  const panel = await begin(
    panelOf([
      { kind: 'text', text: 'One & two\nthree', tone: 'plain' },
      { kind: 'text', text: 'Small', tone: 'remark' },
      { kind: 'text', text: 'Look out', tone: 'warning' },
      { kind: 'fact', label: 'Refund', text: '£12.00', below: 'of £25.00', press: null },
      {
        kind: 'fact',
        label: 'Order',
        text: 'HH-1042',
        below: null,
        press: { kind: 'link', url: 'https://shop.example/1' },
      },
      { kind: 'fact', label: 'Line', text: 'Heather honey', below: null, press: turnTo('details') },
      inputOf('amount', '12.00'),
      inputOf('message', '', true),
      {
        kind: 'pick',
        name: 'route',
        label: 'To',
        choices: [
          { value: 'original', label: 'Card', chosen: false },
          { value: 'payout', label: 'Bank', chosen: true },
        ],
        press: null,
      },
      {
        kind: 'check',
        name: 'parts',
        label: 'Parts',
        choices: [
          { value: 'refund', label: 'Refund', chosen: true },
          { value: 'reship', label: 'Send again', chosen: true },
        ],
      },
      { kind: 'date', name: 'expires', label: 'Expires', value: '2027-03-01' },
      { kind: 'date', name: 'from', label: 'From', value: null },
      {
        kind: 'buttons',
        buttons: ['One', 'Two', 'Three', 'Four'].map((label, at) =>
          pressed(label, turnTo('review'), { filled: at === 0, off: at === 3 ? 'Not yet.' : null }),
        ),
      },
    ]),
  )
  expect(widgetsOf(panel)).toMatchObject([
    { textParagraph: { text: 'One &amp; two<br>three' } },
    { textParagraph: { text: expect.stringMatching(/^<font color="#5f6368">Small/) } },
    { textParagraph: { text: expect.stringMatching(/<b>Look out/) } },
    { decoratedText: { topLabel: 'Refund', text: '£12.00', bottomLabel: 'of £25.00', wrapText: true } },
    { decoratedText: { topLabel: 'Order', onClick: { openLink: { url: 'https://shop.example/1' } } } },
    { decoratedText: { topLabel: 'Line', onClick: { action: { function: 'onAction' } } } },
    { textInput: { name: 'amount', label: 'What is amount?', value: '12.00', hintText: 'At most £12.00' } },
    { textInput: { name: 'message', type: 'MULTIPLE_LINE' } },
    {
      selectionInput: {
        type: 'DROPDOWN',
        items: [{ selected: false }, { text: 'Bank', value: 'payout', selected: true }],
      },
    },
    { selectionInput: { type: 'CHECK_BOX', items: [{ value: 'refund', selected: true }, { selected: true }] } },
    { dateTimePicker: { name: 'expires', type: 'DATE_ONLY', valueMsEpoch: String(Date.parse('2027-03-01')) } },
    { dateTimePicker: { name: 'from' } },
    { buttonList: { buttons: [{ text: 'One', type: 'FILLED' }, { text: 'Two' }, { text: 'Three' }] } },
    { buttonList: { buttons: [{ text: 'Four', disabled: true }] } },
    { textParagraph: { text: expect.stringContaining('Not yet.') } },
  ])
  expect(problemsByLimits(panel.card())).toEqual([])
  expect(problemsBySchema([panel.card()])).toEqual([])
})

test('a section shows only its first widgets until it is opened, and one without widgets is left out', async () => {
  const text = (words: string): PanelWidget => ({ kind: 'text', text: words, tone: 'plain' })
  const panel = await begin(
    panelOf([], {
      sections: [
        { title: 'Lines', folded: 1, widgets: [text('first'), text('second')] },
        { title: 'Nothing', folded: null, widgets: [] },
      ],
    }),
  )
  expect(panel.card().sections).toMatchObject([
    { header: 'Lines', collapsible: true, uncollapsibleWidgetsCount: 1, widgets: [{}, {}] },
  ])
})

const FORM = panelOf([
  inputOf('amount', '12.00'),
  inputOf('message', 'With our apologies'),
  inputOf('note', ''),
  { kind: 'date', name: 'expires', label: 'Expires', value: '2027-03-01' },
  { kind: 'date', name: 'until', label: 'Until', value: '2027-04-01' },
  {
    kind: 'check',
    name: 'lines',
    label: 'Lines',
    choices: ['a', 'b', 'c'].map((value) => ({ value, label: value, chosen: value === 'a' })),
  },
  {
    kind: 'check',
    name: 'notices',
    label: 'Notices',
    choices: [{ value: 'refund', label: 'Refund', chosen: true }],
  },
  {
    kind: 'buttons',
    buttons: [pressed('Continue', turnTo('review'), { filled: true }), pressed('Confirm', CONFIRM)],
  },
])

test('a press is one call that carries all that was entered: every ticked box, days as days, emptied fields as empty', async () => {
  const panel = await begin(FORM)
  addon.backend.on(turnActionDraft, () => panelOf([inputOf('amount', '8.00')], { title: 'Look again' }))
  await panel.press('Continue', { amount: '8', message: '', lines: ['b', 'c'], expires: { day: '2027-02-28' } })
  expect(addon.backend.heard).toMatchObject([
    { endpoint: turnActionDraft, params: { ticketId: TICKET_ID, draftId: DRAFT, page: 'review' } },
  ])
  expect(addon.backend.heard[0]?.body).toEqual({
    fields: { amount: ['8'], message: [], lines: ['b', 'c'], expires: ['2027-02-28'], until: ['2027-04-01'] },
  })
  expect(panel.depth()).toBe(2)
  expect(panel.card().header?.title).toBe('Look again')
})

test('a page may be turned again with other words in it; a confirmation has one key', async () => {
  const panel = await begin(FORM)
  addon.backend.on(turnActionDraft, () => FORM)
  addon.backend.on(confirmActionDraft, () => FORM)
  await panel.press('Continue', { amount: '8' })
  await panel.press('Confirm')
  await panel.press('Confirm')
  const [turned, first, second] = addon.backend.heard.map(({ key }) => key)
  expect(turned).toMatch(/^key-of-page-1-\d+$/)
  expect([first, second]).toEqual(['key-of-confirm', 'key-of-confirm'])
})

test('a form that the backend refuses is drawn again by it, with its words and what was typed', async () => {
  const panel = await begin(FORM)
  addon.backend.on(turnActionDraft, ({ body }) =>
    panelOf(
      [
        { kind: 'text', text: 'At most £12.00 can be refunded.', tone: 'warning' },
        inputOf('amount', body.fields['amount']?.[0] ?? ''),
      ],
      { say: 'Not yet' },
    ),
  )
  await panel.press('Continue', { amount: '99,00' })
  expect(panel.depth()).toBe(2)
  expect(panel.text()).toContain('At most £12.00 can be refunded.')
  expect(panel.values()).toEqual({ amount: '99,00' })
  expect(panel.notification()).toBe('Not yet')
})

test('without the server nothing is lost: Retry sends all of it again and leads on from the form', async () => {
  const panel = await begin(FORM)
  addon.backend.setDown(true)
  await panel.press('Continue', { amount: '8', message: '', lines: ['b', 'c'] })
  expect(panel.card().header?.title).toBe('Sidedesk does not answer')
  await panel.press('Retry')
  expect(panel.card().header?.title).toBe('Sidedesk does not answer')
  expect(panel.depth()).toBe(3)
  addon.backend.setDown(false)
  addon.backend.on(turnActionDraft, () => panelOf([], { title: 'Look again', sections: [section('All well')] }))
  await panel.press('Retry')
  expect(addon.backend.heard.map(({ body }) => body)).toEqual([
    {
      fields: { amount: ['8'], message: [], lines: ['b', 'c'], expires: ['2027-03-01'], until: ['2027-04-01'] },
    },
  ])
  expect(panel.card().header?.title).toBe('Look again')
  expect(panel.depth()).toBe(2)
})

const section = (words: string): PanelCard['sections'][number] => ({
  title: null,
  folded: null,
  widgets: [{ kind: 'text', text: words, tone: 'plain' }],
})

test('a drop-down of a form acts as soon as another choice is made, with the rest of the form', async () => {
  const route: PanelWidget = {
    kind: 'pick',
    name: 'route',
    label: 'To',
    choices: [
      { value: 'original', label: 'Card', chosen: true },
      { value: 'payout', label: 'Bank', chosen: false },
    ],
    press: turnTo('details'),
  }
  const panel = await begin(panelOf([inputOf('amount', '12.00'), route]))
  addon.backend.on(turnActionDraft, () => panelOf([inputOf('payee', '')]))
  await panel.choose('route', 'payout')
  expect(addon.backend.heard).toMatchObject([
    { params: { page: 'details' }, body: { fields: { amount: ['12.00'], route: ['payout'] } } },
  ])
  expect(panel.text()).toContain('What is payee?')
})

const backTo = (ticketId: string): PanelPress => ({ kind: 'ticket', ticketId })
const leave = (ticketId: string) =>
  panelOf([{ kind: 'buttons', buttons: [pressed('Back to the ticket', backTo(ticketId))] }])

test('the way back brings the ticket below up to date with what had been typed there, and lays no second card of it on top', async () => {
  const panel = await open(ticketView(shopWith([orderView(STARTS)])))
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
  const panel = await open(ticketView({ id: uuid(43), number: 'TKT-000043', running: [runningAction()] }))
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
  const panel = await open(ticketView({ running: [...states, ...more] }))
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
  const panel = await open(ticketView({ running: [runningAction()] }))
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
  const panel = await begin(ANSWER)
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
  const panel = await begin(ANSWER)
  addon.backend.refuse(draftActionAnswer, 'in_progress', 'A draft can wait: the refund is still under way.')
  await panel.press('Write the answer')
  expect(panel.failure()).toContain('the refund is still under way. (reference ')
  addon.backend.on(showQueue, () => queueCard({ running: RUNNING }))
  addon.backend.on(showActionProgress, () => ANSWER)
  const sheets = addon.panelOf(NORA_MAIL, { hostApp: 'SHEETS' })
  await sheets.panel.openHomepage()
  await sheets.press('Refund £12.00, gift card £5.00')
  expect(sheets.text()).toContain('All done')
  expect(sheets.text()).not.toContain('Write the answer')
})

test('on a phone the form is the same', async () => {
  const panel = await begin(FORM, { platform: 'ANDROID' })
  addon.backend.on(turnActionDraft, () => panelOf([], { sections: [section('All well')] }))
  await panel.press('Continue')
  expect(panel.text()).toContain('All well')
})

test('a press that was tampered with to lead elsewhere is not followed', async () => {
  const panel = await begin(FORM)
  const { parameters } = panel.action('Continue')
  for (const path of ['.evil.example/v1/', 'https://evil.example/', '@evil.example/v1/']) {
    await panel.panel.click({ function: 'onAction', parameters: { ...parameters, path }, formInputs: {} })
    expect(panel.text()).toContain('This button belongs to an older card.')
  }
  expect(addon.backend.heard).toEqual([])
})

test('a card of 90 widgets is within Google’s limits', async () => {
  const panel = await begin(
    panelOf([
      ...Array.from({ length: 60 }, (_, at) => inputOf(`line-${at}`, String(at))),
      ...Array.from({ length: 29 }, (_, at): PanelWidget => ({ kind: 'text', text: `Remark ${at}`, tone: 'remark' })),
      { kind: 'buttons', buttons: [pressed('Continue', turnTo('review'))] },
    ]),
  )
  expect(problemsByLimits(panel.card())).toEqual([])
  addon.backend.on(turnActionDraft, () => FORM)
  await panel.press('Continue', { 'line-7': '' })
  expect(addon.backend.heard).toMatchObject([
    { body: { fields: { 'line-7': [], 'line-8': ['8'], 'line-59': ['59'] } } },
  ])
})
