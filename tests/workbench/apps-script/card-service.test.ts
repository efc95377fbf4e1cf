import type { chat_v1 } from '@googleapis/chat'
import { afterEach, expect, test } from '@jest/globals'
import { cardOf, endScripts, evaluate, refusal, script } from './script.ts'

afterEach(endScripts)

test('a card is the JSON that Google types as GoogleAppsCardV1Card', async () => {
  const tiny = await script(`
    const S = CardService
    function run() {
      const action = S.newAction().setFunctionName('go').setParameters({ id: '7' }).setLoadIndicator(S.LoadIndicator.SPINNER)
      const button = S.newTextButton().setText('Take').setTextButtonStyle(S.TextButtonStyle.FILLED).setBackgroundColor('#336699').setOnClickAction(action)
      const person = S.newIconImage().setIcon(S.Icon.PERSON).setAltText('customer')
      const fact = S.newDecoratedText().setTopLabel('Customer').setText('Ada').setBottomLabel('since 2020').setStartIcon(person).setWrapText(true)
      const section = S.newCardSection().setHeader('Facts').setCollapsible(true).setNumUncollapsibleWidgets(1)
        .addWidget(fact).addWidget(S.newDivider()).addWidget(button)
      return S.newCardBuilder().setName('ticket').setHeader(S.newCardHeader().setTitle('TKT-000001').setSubtitle('Open').setImageStyle(S.ImageStyle.CIRCLE))
        .addSection(section).addCardAction(S.newCardAction().setText('Refresh').setOnClickAction(action))
        .setFixedFooter(S.newFixedFooter().setPrimaryButton(button)).build()
    }`)
  const execution = await tiny.run('run')
  const action = { function: 'go', parameters: [{ key: 'id', value: '7' }], loadIndicator: 'SPINNER' }
  const button = { text: 'Take', type: 'FILLED', color: { red: 0.2, green: 0.4, blue: 0.6 }, onClick: { action } }
  const expected: chat_v1.Schema$GoogleAppsCardV1Card = {
    name: 'ticket',
    header: { title: 'TKT-000001', subtitle: 'Open', imageType: 'CIRCLE' },
    sections: [
      {
        header: 'Facts',
        collapsible: true,
        uncollapsibleWidgetsCount: 1,
        widgets: [
          {
            decoratedText: {
              topLabel: 'Customer',
              text: 'Ada',
              bottomLabel: 'since 2020',
              startIcon: { knownIcon: 'PERSON', altText: 'customer' },
              wrapText: true,
            },
          },
          { divider: {} },
          { buttonList: { buttons: [button] } },
        ],
      },
    ],
    cardActions: [{ actionLabel: 'Refresh', onClick: { action } }],
    fixedFooter: { primaryButton: button },
  }
  expect(execution).toMatchObject({ ok: true, kind: 'card' })
  expect(execution.ok && execution.json).toEqual(expected)
})

test('inputs have the JSON Google types for them', async () => {
  const card = await cardOf(`
    S.newTextInput().setFieldName('note').setTitle('Note').setHint('shown to staff').setMultiline(true).setValue('x').setValidation(S.newValidation().setCharacterLimit(9).setInputType(S.InputType.EMAIL)),
    S.newTextInput().setFieldName('tag').setTitle('Tag').setSuggestions(S.newSuggestions().addSuggestion('a').addSuggestions(['b', 'c'])),
    S.newSelectionInput().setType(S.SelectionInputType.DROPDOWN).setFieldName('status').setTitle('Status').addItem('Open', 'open', true).addItem(2, 3, false),
    S.newDatePicker().setFieldName('day').setTitle('Day').setValueInMsSinceEpoch(86400000),
    S.newDateTimePicker().setFieldName('at').setTitle('At').setValueInMsSinceEpoch('5').setTimeZoneOffsetInMins(60),
    S.newTimePicker().setFieldName('time').setTitle('Time').setMinutes(30).setHours(9),
    S.newDecoratedText().setText('Notify').setSwitchControl(S.newSwitch().setFieldName('notify').setValue('yes').setSelected(true)),
    S.newGrid().setNumColumns(2).addItem(S.newGridItem().setIdentifier('i').setTitle('T').setLayout(S.GridItemLayout.TEXT_ABOVE)).setOnClickAction(click())`)
  const expected: chat_v1.Schema$GoogleAppsCardV1Widget[] = [
    {
      textInput: {
        name: 'note',
        label: 'Note',
        hintText: 'shown to staff',
        type: 'MULTIPLE_LINE',
        value: 'x',
        validation: { characterLimit: 9, inputType: 'EMAIL' },
      },
    },
    {
      textInput: {
        name: 'tag',
        label: 'Tag',
        initialSuggestions: { items: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] },
      },
    },
    {
      selectionInput: {
        type: 'DROPDOWN',
        name: 'status',
        label: 'Status',
        items: [
          { text: 'Open', value: 'open', selected: true },
          { text: '2', value: '3', selected: false },
        ],
      },
    },
    { dateTimePicker: { type: 'DATE_ONLY', name: 'day', label: 'Day', valueMsEpoch: '86400000' } },
    { dateTimePicker: { type: 'DATE_AND_TIME', name: 'at', label: 'At', valueMsEpoch: '5', timezoneOffsetDate: 60 } },
    {
      dateTimePicker: { type: 'TIME_ONLY', name: 'time', label: 'Time', valueMsEpoch: String((9 * 60 + 30) * 60_000) },
    },
    { decoratedText: { text: 'Notify', switchControl: { name: 'notify', value: 'yes', selected: true } } },
    {
      grid: {
        columnCount: 2,
        items: [{ id: 'i', title: 'T', layout: 'TEXT_ABOVE' }],
        onClick: { action: { function: 'go' } },
      },
    },
  ]
  expect(card.sections?.[0]?.widgets).toEqual(expected)
})

test('builders copy on add: whatever is changed after it was added does not change the card', async () => {
  const tiny = await script(`
    const S = CardService
    function run() {
      const action = S.newAction().setFunctionName('before')
      const button = S.newTextButton().setText('before').setOnClickAction(action)
      action.setFunctionName('after')
      const text = S.newTextParagraph().setText('before')
      const section = S.newCardSection().addWidget(text).addWidget(button)
      text.setText('after'); button.setText('after')
      const header = S.newCardHeader().setTitle('before')
      const builder = S.newCardBuilder().setHeader(header).addSection(section)
      header.setTitle('after'); section.setHeader('after').addWidget(text)
      const card = builder.build()
      builder.setName('after')
      return card
    }`)
  const execution = await tiny.run('run')
  const button = { text: 'before', onClick: { action: { function: 'before' } } }
  expect(execution.ok && execution.json).toEqual({
    header: { title: 'before' },
    sections: [{ widgets: [{ textParagraph: { text: 'before' } }, { buttonList: { buttons: [button] } }] }],
  })
})

test.each([
  ['a number', '5', 'number'],
  ['undefined', 'undefined', 'null'],
  ['null', 'null', 'null'],
  ['an object', '{}', '(class)'],
  ['another class', 'CardService.newCardHeader()', 'CardService.CardHeader'],
])('a setter for text refuses %s', async (_what, argument, described) => {
  expect(await refusal(`CardService.newTextParagraph().setText(${argument})`)).toBe(
    `Exception: The parameters (${described}) don't match the method signature for CardService.TextParagraph.setText.`,
  )
})

test.each([
  'CardService.newTextParagraph().setText()',
  "CardService.newTextParagraph().setText('a', 'b')",
  "CardService.newCardSection().setCollapsible('yes')",
  'CardService.newCardSection().setNumUncollapsibleWidgets(1.5)',
  "CardService.newCardSection().addWidget('text')",
  'CardService.newCardSection().addWidget(CardService.newCardHeader())',
  'CardService.newCardSection().addWidget(CardService.newSwitch())',
  "CardService.newTextButton().setTextButtonStyle('FILLED')",
  'CardService.newTextButton().setTextButtonStyle(CardService.Icon.STAR)',
  'CardService.newTextButton().setOnClickAction(CardService.newOpenLink())',
  'CardService.newAction().setParameters({ id: 7 })',
  "CardService.newAction().setParameters('id')",
  'CardService.newSuggestions().addSuggestions([1])',
])('an argument of the wrong kind is refused: %s', async (call) => {
  expect(await refusal(call)).toMatch(
    /^Exception: The parameters \(.*\) don't match the method signature for CardService\./,
  )
})

test.each([
  'CardService.newCardHeader().addCardAction()',
  'CardService.newTextParagraph().setMaxLines(2)',
  'CardService.newCardSection().setCollapseControl()',
  'CardService.newCardSection().setId("a")',
  'CardService.newTextButton().setMaterialIcon()',
  'CardService.newImageButton().setImageButtonStyle()',
  'CardService.newTextInput().setId("a")',
  'CardService.newAction().setInteraction()',
])('a method the side panel does not have is a TypeError: %s', async (call) => {
  expect(await refusal(call)).toMatch(/^TypeError: .* is not a function$/)
})

test.each(
  'newColumns newColumn newChip newChipList newOverflowMenu newOverflowMenuItem newCollapseControl newCarousel newCarouselCard newCardWithId newDialog newKeyValue'.split(
    ' ',
  ),
)('CardService.%s is not there', async (name) => {
  expect(await refusal(`CardService.${name}()`)).toBe(`TypeError: CardService.${name} is not a function`)
})

test('the enum value that is reported broken is not there', async () => {
  expect(await evaluate('[String(CardService.OnClose.RELOAD), CardService.OnClose.RELOAD_ADD_ON === undefined]')).toBe(
    '["RELOAD",true]',
  )
})

test('an http link becomes https', async () => {
  const setting = { common: { openLinkUrlPrefixes: ['https://shop.example/'] } }
  const card = await cardOf(
    "S.newTextButton().setText('a').setOpenLink(S.newOpenLink().setUrl('http://shop.example/x').setOpenAs(S.OpenAs.OVERLAY).setOnClose(S.OnClose.RELOAD))",
    setting,
  )
  expect(card.sections?.[0]?.widgets?.[0]?.buttonList?.buttons?.[0]?.onClick).toEqual({
    openLink: { url: 'https://shop.example/x', openAs: 'OVERLAY', onClose: 'RELOAD' },
  })
})

test.each(['setWeight(150)', 'setWeight(800)', 'setGrade(10)'])('a MaterialIcon refuses %s', async (call) => {
  expect(await refusal(`CardService.newMaterialIcon().${call}`)).toMatch(/^Exception: Invalid argument/)
})
