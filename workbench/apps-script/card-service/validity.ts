import { ScriptError } from '../realm/script-error.ts'
import { clickablesOf, fieldsOf, widgetsOf } from './card-parts.ts'
import type { Button, Card, CardFixedFooter, Section, Widget } from './json.ts'

const MOST_SECTIONS = 100
const MOST_WIDGETS_IN_A_SECTION = 100
const MOST_ITEMS = 100
const MOST_GRID_COLUMNS = 2

/** What build() refuses; the limits are documented, the sentences are ours. More than 100 widgets a card is the client's matter. */
export function refuseInvalidCard(card: Card): void {
  const sections = card.sections ?? []
  demand(sections.length > 0, 'A card needs at least one section.')
  demand(sections.length <= MOST_SECTIONS, `A card can have at most ${MOST_SECTIONS} sections.`)
  sections.forEach(refuseInvalidSection)
  widgetsOf(card).forEach(refuseInvalidWidget)
  refuseInvalidFields(card)
  if (card.fixedFooter) refuseInvalidFooter(card.fixedFooter)
  for (const { what, onClick } of clickablesOf(card)) {
    const { composedDraftType: _, ...handlers } = onClick
    demand(Object.keys(handlers).length === 1, `${what} can have only one click handler.`)
    for (const action of [onClick.action, onClick.openDynamicLinkAction]) {
      demand(!action || action.function, `The action of ${what} needs a function name.`)
    }
    demand(!onClick.openLink || onClick.openLink.url, `The link of ${what} needs a URL.`)
  }
}

function refuseInvalidSection({ widgets = [] }: Section) {
  demand(widgets.length > 0, 'A card section needs at least one widget.')
  demand(
    widgets.length <= MOST_WIDGETS_IN_A_SECTION,
    `A section can have at most ${MOST_WIDGETS_IN_A_SECTION} widgets.`,
  )
}

function refuseInvalidWidget(widget: Widget) {
  const { textParagraph, image, decoratedText, buttonList, textInput, selectionInput, dateTimePicker, grid } = widget
  if (textParagraph) demand(textParagraph.text !== undefined, 'A TextParagraph needs a text.')
  if (image) demand(image.imageUrl && image.altText, 'An Image needs a URL and an alt text.')
  if (decoratedText) {
    const { button, switchControl, endIcon } = decoratedText
    demand(decoratedText.text !== undefined, 'A DecoratedText needs a text.')
    demand(
      [button, switchControl, endIcon].filter(Boolean).length <= 1,
      'A DecoratedText takes one button, switch or end icon.',
    )
    if (button) refuseInvalidButton(button)
  }
  if (buttonList) {
    demand(buttonList.buttons?.length, 'A ButtonSet needs at least one button.')
    buttonList.buttons?.forEach(refuseInvalidButton)
  }
  if (textInput) demand(textInput.name && textInput.label, 'A TextInput needs a field name and a title.')
  if (dateTimePicker) demand(dateTimePicker.name, 'A picker needs a field name.')
  if (selectionInput) {
    demand(selectionInput.name, 'A SelectionInput needs a field name.')
    demand((selectionInput.items?.length ?? 0) <= MOST_ITEMS, `A SelectionInput can have at most ${MOST_ITEMS} items.`)
  }
  const columns = grid?.columnCount ?? 1
  demand(
    columns >= 1 && columns <= MOST_GRID_COLUMNS,
    `A Grid in the side panel has 1 or ${MOST_GRID_COLUMNS} columns.`,
  )
}

function refuseInvalidButton(button: Button) {
  demand(button.onClick, 'A button needs a click handler, also when it is disabled.')
  if (button.text === undefined)
    demand(button.icon && button.altText, 'An ImageButton needs an icon and an alt text; a TextButton needs a text.')
}

function refuseInvalidFields(card: Card) {
  const names = fieldsOf(card).map((field) => field.name)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  demand(repeated === undefined, `The field name ${repeated} is used more than once in the card.`)
  const nameless = widgetsOf(card).some(
    ({ decoratedText }) => decoratedText?.switchControl && !decoratedText.switchControl.name,
  )
  demand(!nameless, 'A Switch needs a field name.')
}

function refuseInvalidFooter({ primaryButton, secondaryButton }: CardFixedFooter) {
  demand(primaryButton || secondaryButton, 'A fixed footer needs a primary button.')
  if (primaryButton) {
    refuseInvalidButton(primaryButton)
    demand(primaryButton.type === 'FILLED', 'The primary button of a fixed footer must be FILLED.')
  }
  if (secondaryButton) {
    refuseInvalidButton(secondaryButton)
    demand(
      (secondaryButton.type ?? 'OUTLINED') === 'OUTLINED',
      'The secondary button of a fixed footer must be OUTLINED.',
    )
  }
}

function demand(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new ScriptError(sentence)
}
