import type { Action, Button, Card, OnClick, Widget } from './json.ts'

export type FieldKind =
  | 'text'
  | 'switch'
  | 'picker'
  | 'CHECK_BOX'
  | 'RADIO_BUTTON'
  | 'DROPDOWN'
  | 'SWITCH'
  | 'MULTI_SELECT'
export type Field = { name: string; kind: FieldKind; widget: Widget }
export type Clickable = { what: string; onClick: OnClick }

export const widgetsOf = (card: Card): Widget[] => (card.sections ?? []).flatMap((section) => section.widgets ?? [])

/** Every input of a card, by the name the form is sent under. */
export function fieldsOf(card: Card): Field[] {
  return widgetsOf(card).flatMap((widget): Field[] => {
    const { textInput, selectionInput, dateTimePicker, decoratedText } = widget
    const named = (name: string | null | undefined, kind: FieldKind) => (name ? [{ name, kind, widget }] : [])
    if (textInput) return named(textInput.name, 'text')
    if (selectionInput) return named(selectionInput.name, (selectionInput.type ?? 'CHECK_BOX') as FieldKind)
    if (dateTimePicker) return named(dateTimePicker.name, 'picker')
    return named(decoratedText?.switchControl?.name, 'switch')
  })
}

/** Everything in a card that can be clicked. */
export function clickablesOf(card: Card): Clickable[] {
  const found: Clickable[] = []
  const see = (what: string, part: { onClick?: OnClick } | null | undefined) => {
    if (part?.onClick) found.push({ what, onClick: part.onClick })
  }
  const button = (each: Button | null | undefined) =>
    see(each?.text === undefined ? 'an ImageButton' : 'a TextButton', each)
  for (const { buttonList, decoratedText, image, grid } of widgetsOf(card)) {
    buttonList?.buttons?.forEach(button)
    see('a DecoratedText', decoratedText)
    button(decoratedText?.button)
    see('an Image', image)
    see('a Grid', grid)
  }
  for (const action of card.cardActions ?? []) see('a CardAction', action)
  button(card.fixedFooter?.primaryButton)
  button(card.fixedFooter?.secondaryButton)
  return found
}

/** The actions that run while a form is filled in: on a change, or to suggest as the user types. */
export function changeActionsOf(card: Card): Action[] {
  return widgetsOf(card).flatMap(({ textInput, selectionInput, dateTimePicker, decoratedText }) =>
    [
      textInput?.onChangeAction,
      textInput?.autoCompleteAction,
      selectionInput?.onChangeAction,
      dateTimePicker?.onChangeAction,
      decoratedText?.switchControl?.onChangeAction,
    ].filter((action): action is Action => Boolean(action)),
  )
}
