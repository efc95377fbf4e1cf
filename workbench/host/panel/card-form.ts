import { changeActionsOf, clickablesOf, type Field, fieldsOf } from '../../apps-script/card-service/card-parts.ts'
import type { Action, Card, ComposedDraftType } from '../../apps-script/card-service/json.ts'
import type { FormInputs } from '../../apps-script/event-objects.ts'
import type { Entered } from './form.ts'

/** The grid adds this parameter for the item that was clicked. */
export const GRID_ITEM = 'grid_item_identifier'
const REQUIRABLE: readonly Field['kind'][] = ['text', 'picker', 'DROPDOWN', 'MULTI_SELECT']

export type Pressed = { function: string; parameters: Record<string, string>; traits?: string | undefined }
export type FoundAction = { action: Action; draft: ComposedDraftType | undefined }

/** The action of a card that a press means: the one with this function, these parameters and, if given, these traits. */
export function actionPressed(card: Card, pressed: Pressed): FoundAction | undefined {
  const clicks = clickablesOf(card).flatMap(({ onClick }): FoundAction[] =>
    [onClick.action, onClick.openDynamicLinkAction].flatMap((action) =>
      action ? [{ action, draft: onClick.composedDraftType }] : [],
    ),
  )
  const changes = changeActionsOf(card).map((action): FoundAction => ({ action, draft: undefined }))
  const meant = [...clicks, ...changes].filter(({ action }) => means(action, pressed))
  return meant.find(({ action, draft }) => traitsOf(action, draft) === pressed.traits) ?? meant[0]
}

/** What tells two actions with the same function and parameters apart. */
export function traitsOf(action: Action, draft: ComposedDraftType | undefined): string {
  const { loadIndicator, persistValues, requiredWidgets, allWidgetsAreRequired } = action
  return JSON.stringify([loadIndicator, persistValues, requiredWidgets, allWidgetsAreRequired, draft])
}

function means(action: Action, pressed: Pressed): boolean {
  const { [GRID_ITEM]: _, ...parameters } = pressed.parameters
  const own = action.parameters ?? []
  return (
    action.function === pressed.function &&
    own.length === Object.keys(parameters).length &&
    own.every(({ key, value }) => key && parameters[key] === value)
  )
}

/** The inputs of a card with what was entered. */
export function enteredIn(card: Card, values: FormInputs): Entered[] {
  return fieldsOf(card).map(({ name, kind, widget }) => ({
    name,
    requirable: REQUIRABLE.includes(kind),
    value: values[name],
    characterLimit: widget.textInput?.validation?.characterLimit ?? undefined,
    inputType: widget.textInput?.validation?.inputType ?? undefined,
  }))
}

/** Fields of the card that the user emptied, as values without any. */
export function emptied(card: Card, names: readonly string[]): FormInputs {
  const cleared = Object.fromEntries(names.map((name) => [name, { stringInputs: { value: [] } }]))
  return valuesOf(card, cleared)
}

/** Only inputs of this card count; the client sends no others. */
export function valuesOf(card: Card, values: FormInputs): FormInputs {
  const names = fieldsOf(card).map((field) => field.name)
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)))
}
