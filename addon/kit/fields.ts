import type { Widget } from './card.ts'
import { type ActionOf, clickOn } from './click.ts'

/** Google draws at most this many choices. */
const MOST_CHOICES = 100

export type Choice = { value: string; label: string }

export function input(
  name: string,
  label: string,
  options: { value?: string | undefined; hint?: string; lines?: boolean } = {},
): Widget {
  const made = CardService.newTextInput()
    .setFieldName(name)
    .setTitle(label)
    .setMultiline(options.lines ?? false)
  if (options.value) made.setValue(options.value)
  if (options.hint) made.setHint(options.hint)
  return made
}

type Choosing = { name: string; label: string; choices: readonly (Choice & { chosen: boolean })[] }

/** A drop-down that waits for a button or, with an action, acts as soon as another choice is made. */
export function pick(field: Choosing, action?: ActionOf): Widget {
  const made = selection(field, CardService.SelectionInputType.DROPDOWN)
  return action ? made.setOnChangeAction(clickOn(action)) : made
}

/** Boxes of which any number may be ticked; which are not is never sent. */
export const check = (field: Choosing): Widget => selection(field, CardService.SelectionInputType.CHECK_BOX)

/** A drop-down of which one is chosen. That one is kept when there are too many. */
export function select(
  name: string,
  label: string,
  choices: readonly Choice[],
  chosen: string,
  action?: ActionOf,
): Widget {
  const many = choices.length > MOST_CHOICES
  const first = choices.filter(({ value }, at) => value === chosen || at < MOST_CHOICES - 1).slice(0, MOST_CHOICES)
  const field = {
    name,
    label: many ? `${label} (first ${MOST_CHOICES})` : label,
    choices: first.map((choice) => ({ ...choice, chosen: choice.value === chosen })),
  }
  return pick(field, action)
}

/** A day without an hour. @param value YYYY-MM-DD, or null for none */
export function datePick({ name, label, value }: { name: string; label: string; value: string | null }): Widget {
  const made = CardService.newDatePicker().setFieldName(name).setTitle(label)
  return value ? made.setValueInMsSinceEpoch(Date.parse(value)) : made
}

function selection({ name, label, choices }: Choosing, type: GoogleAppsScript.Card_Service.SelectionInputType) {
  const made = CardService.newSelectionInput().setType(type).setFieldName(name).setTitle(label)
  for (const { value, label: text, chosen } of choices) made.addItem(text, value, chosen)
  return made
}
