import type { FormValue } from '../../apps-script/event-objects.ts'

/** An input as the client knows it when a button is pressed. */
export type Entered = {
  name: string
  /** Check boxes, radio buttons and switches cannot be required ([CS]/action). */
  requirable: boolean
  value: FormValue | undefined
  characterLimit?: number | undefined
  inputType?: string | undefined
}
export type Demands = { requiredWidgets?: readonly string[]; allWidgetsAreRequired?: boolean }

const FORMS: Record<string, { fits: RegExp; sentence: string }> = {
  INTEGER: { fits: /^[+-]?\d+$/, sentence: 'Enter a whole number' },
  FLOAT: { fits: /^[+-]?(\d+\.?\d*|\.\d+)$/, sentence: 'Enter a number' },
  EMAIL: { fits: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, sentence: 'Enter an email address' },
}

/** Why the client does not send the form, by field; on Google the script never hears of these. Empty when it is sent. */
export function problemsIn(fields: readonly Entered[], demands: Demands): Record<string, string> {
  const found = fields.map((field) => [field.name, problemOf(field, demands)] as const)
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function problemOf(
  field: Entered,
  { requiredWidgets = [], allWidgetsAreRequired = false }: Demands,
): string | undefined {
  const required = field.requirable && (allWidgetsAreRequired || requiredWidgets.includes(field.name))
  if (isEmpty(field.value)) return required ? 'This field is required' : undefined
  const text = field.value && 'stringInputs' in field.value ? (field.value.stringInputs.value[0] ?? '') : ''
  if (field.characterLimit !== undefined && text.length > field.characterLimit) {
    return `At most ${field.characterLimit} characters`
  }
  const form = FORMS[field.inputType ?? 'TEXT']
  return form && !form.fits.test(text.trim()) ? form.sentence : undefined
}

function isEmpty(value: FormValue | undefined): boolean {
  return !value || ('stringInputs' in value && value.stringInputs.value.every((each) => each.trim() === ''))
}
