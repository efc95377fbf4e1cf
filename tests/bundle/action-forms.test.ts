import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { confirmActionDraft, turnActionDraft } from '../../shared/combined-actions.ts'
import type { PanelWidget } from '../../shared/panel.ts'
import { type ActionPanels, FORM, startActionPanels } from './support/action-panels.ts'
import type { DrivenPanel } from './support/driven-panel.ts'
import { problemsByLimits } from './support/limits.ts'
import { DRAFT, inputOf, panelOf, pressed, section, turnTo } from './support/panel-cards.ts'
import { problemsBySchema } from './support/schema.ts'
import { TICKET_ID } from './support/views.ts'

let addon: ActionPanels
beforeAll(async () => {
  addon = await startActionPanels()
})
afterEach(() => addon.expectSound())
afterAll(() => addon.close())

const widgetsOf = (panel: DrivenPanel) => (panel.card().sections ?? []).flatMap(({ widgets = [] }) => widgets)

test('every kind of widget is drawn', async () => {
  const panel = await addon.begin(
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
  const panel = await addon.begin(
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

test('a press is one call that carries all that was entered: every ticked box, days as days, emptied fields as empty', async () => {
  const panel = await addon.begin(FORM)
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
  const panel = await addon.begin(FORM)
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
  const panel = await addon.begin(FORM)
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
  const panel = await addon.begin(FORM)
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
  const panel = await addon.begin(panelOf([inputOf('amount', '12.00'), route]))
  addon.backend.on(turnActionDraft, () => panelOf([inputOf('payee', '')]))
  await panel.choose('route', 'payout')
  expect(addon.backend.heard).toMatchObject([
    { params: { page: 'details' }, body: { fields: { amount: ['12.00'], route: ['payout'] } } },
  ])
  expect(panel.text()).toContain('What is payee?')
})

test('on a phone the form is the same', async () => {
  const panel = await addon.begin(FORM, { platform: 'ANDROID' })
  addon.backend.on(turnActionDraft, () => panelOf([], { sections: [section('All well')] }))
  await panel.press('Continue')
  expect(panel.text()).toContain('All well')
})

test('a press that was tampered with to lead elsewhere is not followed', async () => {
  const panel = await addon.begin(FORM)
  const { parameters } = panel.action('Continue')
  for (const path of ['.evil.example/v1/', 'https://evil.example/', '@evil.example/v1/']) {
    await panel.panel.click({ function: 'onAction', parameters: { ...parameters, path }, formInputs: {} })
    expect(panel.text()).toContain('This button belongs to an older card.')
  }
  expect(addon.backend.heard).toEqual([])
})

test('a card of 90 widgets is within Google’s limits', async () => {
  const panel = await addon.begin(
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
