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

/** A drop-down that waits for a button. */
export function pick(name: string, label: string, choices: readonly Choice[], chosen: string): Widget {
  const made = CardService.newSelectionInput()
    .setType(CardService.SelectionInputType.DROPDOWN)
    .setFieldName(name)
    .setTitle(label)
  for (const { value, label: text } of choices) made.addItem(text, value, value === chosen)
  return made
}

/** A drop-down that acts as soon as another choice is made. The chosen one is kept when there are too many. */
export function select(
  name: string,
  label: string,
  choices: readonly Choice[],
  chosen: string,
  action: ActionOf,
): Widget {
  const made = CardService.newSelectionInput()
    .setType(CardService.SelectionInputType.DROPDOWN)
    .setFieldName(name)
    .setTitle(choices.length > MOST_CHOICES ? `${label} (first ${MOST_CHOICES})` : label)
    .setOnChangeAction(clickOn(action))
  const first = choices.filter(({ value }, at) => value === chosen || at < MOST_CHOICES - 1).slice(0, MOST_CHOICES)
  for (const { value, label: text } of first) made.addItem(text, value, value === chosen)
  return made
}
