import { type AddonEvent, fieldsOf } from '../../event.ts'

/** A half-written note or answer outlives a click on something else. */
export function unsavedTexts(event: AddonEvent, sent?: 'note'): Record<string, string> {
  const { note = '', reply = '' } = fieldsOf(event)
  return { note: sent === 'note' ? '' : note, reply }
}
