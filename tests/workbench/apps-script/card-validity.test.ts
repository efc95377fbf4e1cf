import { afterEach, expect, test } from '@jest/globals'
import { cardOf, cardRefusal, endScripts, refusal } from './script.ts'

afterEach(endScripts)

const repeat = (count: number, widget: string) => `...Array.from({ length: ${count} }, (_, n) => ${widget})`
const text = "S.newTextParagraph().setText('x')"

test('a card needs a section, and a section a widget', async () => {
  expect(await refusal('CardService.newCardBuilder().build()')).toBe('Exception: A card needs at least one section.')
  expect(await cardRefusal('')).toBe('Exception: A card section needs at least one widget.')
})

test('a section takes 100 widgets and not one more', async () => {
  expect((await cardOf(repeat(100, text))).sections?.[0]?.widgets).toHaveLength(100)
  expect(await cardRefusal(repeat(101, text))).toBe('Exception: A section can have at most 100 widgets.')
})

test('a card takes 100 sections and not one more', async () => {
  const source = `const card = CardService.newCardBuilder(); for (let n = 0; n < 101; n++) card.addSection(CardService.newCardSection().addWidget(CardService.newTextParagraph().setText('x'))); card.build()`
  expect(await refusal(source)).toBe('Exception: A card can have at most 100 sections.')
})

test('a selection takes 100 items and not one more', async () => {
  const select = (count: number) =>
    `Array.from({ length: ${count} }).reduce((input, _, n) => input.addItem('t' + n, 'v' + n, false), S.newSelectionInput().setFieldName('f'))`
  expect((await cardOf(select(100))).sections?.[0]?.widgets?.[0]?.selectionInput?.items).toHaveLength(100)
  expect(await cardRefusal(select(101))).toBe('Exception: A SelectionInput can have at most 100 items.')
})

test.each([
  [
    'a grid has at most two columns in the side panel',
    'S.newGrid().setNumColumns(3)',
    'A Grid in the side panel has 1 or 2 columns.',
  ],
  ['a text input needs a title', "S.newTextInput().setFieldName('a')", 'A TextInput needs a field name and a title.'],
  ['a text input needs a field name', "S.newTextInput().setTitle('a')", 'A TextInput needs a field name and a title.'],
  ['a selection needs a field name', "S.newSelectionInput().setTitle('a')", 'A SelectionInput needs a field name.'],
  ['a picker needs a field name', "S.newDatePicker().setTitle('a')", 'A picker needs a field name.'],
  [
    'a switch needs a field name',
    "S.newDecoratedText().setText('a').setSwitchControl(S.newSwitch().setValue('v'))",
    'A Switch needs a field name.',
  ],
  [
    'an image needs an alt text',
    "S.newImage().setImageUrl('https://a.example/b.png')",
    'An Image needs a URL and an alt text.',
  ],
  [
    'an image button needs an alt text',
    'S.newImageButton().setIcon(S.Icon.STAR).setOnClickAction(click())',
    'An ImageButton needs an icon and an alt text; a TextButton needs a text.',
  ],
  ['a paragraph needs a text', 'S.newTextParagraph()', 'A TextParagraph needs a text.'],
  ['a fact needs a text', "S.newDecoratedText().setTopLabel('a')", 'A DecoratedText needs a text.'],
  [
    'a button needs a handler, even a disabled one',
    "S.newTextButton().setText('a').setDisabled(true)",
    'A button needs a click handler, also when it is disabled.',
  ],
  [
    'an action needs a function',
    "S.newTextButton().setText('a').setOnClickAction(S.newAction())",
    'The action of a TextButton needs a function name.',
  ],
  [
    'a link needs a URL',
    "S.newTextButton().setText('a').setOpenLink(S.newOpenLink())",
    'The link of a TextButton needs a URL.',
  ],
  [
    'one object has one click handler',
    "button('a').setOpenLink(S.newOpenLink().setUrl('https://a.example/'))",
    'a TextButton can have only one click handler.',
  ],
  [
    'a fact takes one of button, switch and end icon',
    "S.newDecoratedText().setText('a').setButton(button('b')).setEndIcon(S.newIconImage().setIcon(S.Icon.STAR))",
    'A DecoratedText takes one button, switch or end icon.',
  ],
  [
    'field names are unique in a card',
    "S.newTextInput().setFieldName('a').setTitle('t'), S.newDatePicker().setFieldName('a').setTitle('t')",
    'The field name a is used more than once in the card.',
  ],
])('%s', async (_rule, widgets, sentence) => {
  expect(await cardRefusal(widgets)).toBe(`Exception: ${sentence}`)
})

const footer = (buttons: string) => `
  const S = CardService
  const button = (style) => S.newTextButton().setText('b').setTextButtonStyle(style).setOnClickAction(S.newAction().setFunctionName('go'))
  S.newCardBuilder().addSection(S.newCardSection().addWidget(S.newTextParagraph().setText('x'))).setFixedFooter(S.newFixedFooter()${buttons}).build()`

test.each([
  ['without a button', '', 'A fixed footer needs a primary button.'],
  [
    'with an outlined primary button',
    '.setPrimaryButton(button(S.TextButtonStyle.OUTLINED))',
    'The primary button of a fixed footer must be FILLED.',
  ],
  [
    'with a filled secondary button',
    '.setSecondaryButton(button(S.TextButtonStyle.FILLED))',
    'The secondary button of a fixed footer must be OUTLINED.',
  ],
])('a fixed footer %s is refused', async (_what, buttons, sentence) => {
  expect(await refusal(footer(buttons))).toBe(`Exception: ${sentence}`)
})
