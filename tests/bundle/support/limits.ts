import { clickablesOf, fieldsOf, widgetsOf } from '../../../workbench/apps-script/card-service/card-parts.ts'
import type { Card, Widget } from '../../../workbench/apps-script/card-service/json.ts'

/** Of the panel, which is about 300 px wide: more buttons in a row wrap, and longer labels are cut. */
const MOST_BUTTONS = 3
const LONGEST_LABEL = 22

/** What breaks a documented limit of Google's cards (docs of CardService and of the card JSON); empty for a sound card. */
export function problemsByLimits(card: Card): string[] {
  const problems: string[] = []
  const demand = (holds: boolean, problem: string) => void (holds || problems.push(problem))
  const widgets = widgetsOf(card)
  demand((card.sections?.length ?? 0) >= 1, 'no section')
  demand((card.sections?.length ?? 0) <= 100, 'more than 100 sections')
  demand(widgets.length <= 100, `${widgets.length} widgets, so the last sections vanish`)
  for (const section of card.sections ?? []) demand((section.widgets?.length ?? 0) > 0, 'an empty section')
  const names = fieldsOf(card).map(({ name }) => name)
  demand(new Set(names).size === names.length, `field names repeat: ${names}`)
  for (const { what, onClick } of clickablesOf(card)) {
    const strings = (onClick.action?.parameters ?? []).every(
      ({ key, value }) => typeof key === 'string' && typeof value === 'string',
    )
    demand(strings, `${what} has a parameter that is no text`)
    for (const field of onClick.action?.requiredWidgets ?? [])
      demand(names.includes(field), `${what} requires a field ${field} that is not there`)
  }
  for (const widget of widgets) problems.push(...problemsOfWidget(widget))
  return problems
}

function problemsOfWidget({
  buttonList,
  selectionInput,
  textInput,
  decoratedText,
  textParagraph,
  grid,
  columns,
}: Widget): string[] {
  const buttons = buttonList?.buttons ?? []
  const html = [textParagraph?.text, decoratedText?.text].filter((text) => typeof text === 'string')
  return [
    ...when(buttons.length > MOST_BUTTONS, `${buttons.length} buttons in a row`),
    ...buttons.flatMap(({ text, onClick }) => [
      ...when(!onClick, `button ${text} without a handler`),
      ...when((text?.length ?? 0) > LONGEST_LABEL, `label "${text}" would be cut`),
    ]),
    ...when((selectionInput?.items?.length ?? 0) > 100, `${selectionInput?.items?.length} items`),
    ...when(
      selectionInput?.type === 'DROPDOWN' && (selectionInput.items ?? []).filter(({ selected }) => selected).length > 1,
      'two items are chosen',
    ),
    ...when(Boolean(textInput && !(textInput.name && textInput.label)), 'an input without name or title'),
    ...when(Boolean(grid || columns), 'a widget that a side panel does not show dependably'),
    ...html.flatMap((text) => when(!isCardHtml(text), `text with foreign HTML: ${text.slice(0, 80)}`)),
  ]
}

const when = (breaks: boolean, problem: string) => (breaks ? [problem] : [])

/** Only the documented tags, and no bare angle bracket or ampersand. */
const isCardHtml = (text: string) => {
  const bare = text.replaceAll(
    /<\/?(b|i|u|s|br|time)>|<\/(font|a)>|<font color="#[0-9a-f]{6}">|<a href="[^"<>]*">|&(amp|lt|gt|quot);/g,
    '',
  )
  return !/[<>&]/.test(bare)
}
