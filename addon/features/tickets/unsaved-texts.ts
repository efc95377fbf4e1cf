import { type AddonEvent, fieldsOf } from '../../event.ts'

/** A half-written note or answer outlives a click on something else. @param sent fields that this click sends */
export function unsavedTexts(event: AddonEvent, sent: readonly string[] = []): Record<string, string> {
  const fields = fieldsOf(event)
  const kept = (name: string) => (sent.indexOf(name) < 0 && fields[name]) || ''
  return { note: kept('note'), reply: kept('reply') }
}
