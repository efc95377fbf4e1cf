import type { FormInputs, FormValue } from '../../../apps-script/event-objects.ts'
import type { Entered } from '../form.ts'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const REQUIRABLE = ['text', 'DROPDOWN', 'MULTI_SELECT', 'DATE_ONLY', 'TIME_ONLY', 'DATE_AND_TIME']
const MINUTE = 60_000

/** What Google would send of the form: widgets with a value, and no box or switch the user has not touched. */
export function formInputs(root: ParentNode): FormInputs {
  const found: FormInputs = {}
  for (const control of controls(root)) {
    const name = control.dataset['field'] ?? ''
    const value = valueIn(control)
    if (value) found[name] = merged(found[name], value)
  }
  return found
}

/** Fields the user has emptied, which Google's client would draw empty again. */
export function cleared(root: ParentNode, values: FormInputs): string[] {
  const touched = [...controls(root)].flatMap(({ dataset }) => (dataset['touched'] ? [dataset['field'] ?? ''] : []))
  return [...new Set(touched)].filter((name) => !(name in values))
}

export function entered(root: ParentNode, values: FormInputs): Entered[] {
  const fields = new Map<string, Entered>()
  for (const { dataset } of controls(root)) {
    const { field = '', kind = '', limit, inputType } = dataset
    const requirable = REQUIRABLE.includes(kind)
    fields.set(field, {
      name: field,
      requirable,
      value: values[field],
      characterLimit: limit ? Number(limit) : undefined,
      inputType,
    })
  }
  return [...fields.values()]
}

export function showProblems(root: ParentNode, problems: Record<string, string>): void {
  for (const control of controls(root)) {
    const problem = problems[control.dataset['field'] ?? '']
    const place = control.closest('.sd-field')?.querySelector('.sd-problem')
    if (place) place.textContent = problem ?? ''
    control.setAttribute('aria-invalid', String(problem !== undefined))
  }
}

const controls = (root: ParentNode) => root.querySelectorAll<Control>('[data-field]')

function valueIn(control: Control): FormValue | undefined {
  const { kind = 'text', offset = '0' } = control.dataset
  if (control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio')) {
    const counts = control.checked && control.dataset['touched'] === 'true'
    return counts ? { stringInputs: { value: [control.value] } } : undefined
  }
  if (control.value === '') return undefined
  const [hours = 0, minutes = 0] = control.value.split(':').map(Number)
  if (kind === 'TIME_ONLY') return { timeInput: { hours, minutes } }
  if (kind === 'DATE_ONLY') return { dateInput: { msSinceEpoch: Date.parse(`${control.value}T00:00Z`) } }
  if (kind === 'DATE_AND_TIME') {
    const msSinceEpoch = Date.parse(`${control.value}Z`) - Number(offset) * MINUTE
    return { dateTimeInput: { hasDate: true, hasTime: true, msSinceEpoch } }
  }
  return { stringInputs: { value: [control.value] } }
}

function merged(before: FormValue | undefined, value: FormValue): FormValue {
  if (!before || !('stringInputs' in before) || !('stringInputs' in value)) return value
  return { stringInputs: { value: [...before.stringInputs.value, ...value.stringInputs.value] } }
}
