import type { FieldKind } from '../../../shared/fields.ts'
import { LONGEST_VALUE } from '../../../shared/fields.ts'
import { DeskError } from '../../platform/errors.ts'

type Asked = {
  label: string
  kind: FieldKind
  choices: readonly { id: string; label: string; retired: boolean }[]
}

/**
 * What somebody filled in, as it is kept.
 * @param given text as typed, or the id of a choice; nothing empties the field
 * @param before what is kept now: a choice that was retired since may stay
 * @returns null for an empty field
 * @throws DeskError invalid_request that names the field and says what it takes
 */
export function readValue(field: Asked, given: string | null, before: string | null): string | null {
  const text = given?.trim() ?? ''
  if (text === '') return null
  return KINDS[field.kind](field, text, before)
}

const KINDS: Record<FieldKind, (field: Asked, text: string, before: string | null) => string> = {
  text({ label }, text) {
    if (text.length > LONGEST_VALUE)
      throw refused(`${label}: at most ${LONGEST_VALUE} characters; this has ${text.length}.`)
    return text
  },
  number({ label }, text) {
    const [, sign = '', whole = '', part = ''] = /^([+-]?)(\d{1,15})(?:[.,](\d{1,6}))?$/.exec(text) ?? []
    if (whole === '') throw refused(`${label}: write a number, for example 12 or 12.5.`)
    const digits = [whole.replace(/^0+(?=\d)/, ''), part.replace(/0+$/, '')].filter(Boolean).join('.')
    return sign === '-' && /[1-9]/.test(digits) ? `-${digits}` : digits
  },
  date({ label }, text) {
    if (!isDay(text)) throw refused(`${label}: choose a day, for example 2026-11-30.`)
    return text
  },
  choice({ label, choices }, text, before) {
    const chosen = choices.find(({ id }) => id === text)
    if (!chosen || (chosen.retired && text !== before)) throw refused(`${label}: choose one from the list.`)
    return text
  },
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

const refused = (words: string) => new DeskError('invalid_request', words)
