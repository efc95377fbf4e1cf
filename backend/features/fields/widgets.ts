import type { FieldHistory } from '../../../shared/fields.ts'
import type { PanelFields, PanelWidget } from '../../../shared/panel.ts'
import { type Choice, clockTime, day, fact, input, pick } from '../../platform/panel.ts'
import { type Field, wordsOf } from './rows.ts'

type Typed = PanelFields['fields']

const nameOf = ({ id }: Field) => `field.${id}`

/** An empty value would be absent from the form. */
const NONE: Choice = { value: 'none', label: 'Not chosen' }

/** What empties a text: an input that was emptied is absent, as one that was not touched may be (facts/workspace-addon.md section 2). */
const DASH = '-'

/** Inputs of fields that can be written, with what was typed or is filled in. */
export const fieldInputs = (fields: readonly Field[], typed: Typed = {}): PanelWidget[] =>
  fields.flatMap((field) => (field.ended ? [] : [inputOf(field, typed[nameOf(field)]?.[0] ?? field.value ?? '')]))

function inputOf(field: Field, text: string): PanelWidget {
  const label = field.required ? `${field.label} (needed before solving)` : field.label
  if (field.kind === 'date') return day(nameOf(field), label, text)
  if (field.kind !== 'choice') return input(nameOf(field), label, text, hintOf(field))
  const offered = field.choices.filter(({ id, retired }) => !retired || id === field.value)
  const choices = [NONE, ...offered.map(({ id, label: words }) => ({ value: id, label: words }))]
  return pick(nameOf(field), label, choices, text || NONE.value)
}

const hintOf = ({ kind, value }: Field): string =>
  [kind === 'number' ? 'a number' : '', value === null ? '' : `${DASH} empties it`].filter(Boolean).join('; ')

/** What was typed into those inputs, by the id of the field; what was not touched is left out. */
export function typedValues(fields: readonly Field[], typed: Typed): Record<string, string | null> {
  const touched = fields.filter((field) => !field.ended && Object.hasOwn(typed, nameOf(field)))
  return Object.fromEntries(
    touched.map((field) => {
      const text = typed[nameOf(field)]?.[0] ?? ''
      return [field.id, emptiesIt(field, text.trim()) ? null : text]
    }),
  )
}

const emptiesIt = ({ kind }: Field, text: string): boolean =>
  text === '' || text === (kind === 'choice' ? NONE.value : DASH)

/** What is filled in, a line for each. */
export const filledFacts = (fields: readonly Field[]): PanelWidget[] =>
  fields.flatMap((field) => (field.value === null ? [] : [fact(field.label, wordsOf(field, field.value))]))

/** What was changed last. */
export const historyFacts = (changes: FieldHistory): PanelWidget[] =>
  changes.map(({ at, by, label, before, after }) =>
    fact(`${label} · ${clockTime(new Date(at))}`, `${before || 'nothing'} → ${after || 'nothing'}`, by),
  )
