/** What Google hands to a callback. The published types leave most of it out; see [WA]/concepts/event-objects. */
export type AddonEvent = {
  commonEventObject?: {
    hostApp?: string
    platform?: string
    parameters?: Record<string, string>
    formInputs?: Record<string, { stringInputs?: { value?: string[] }; dateInput?: { msSinceEpoch?: number | string } }>
    userLocale?: string
    timeZone?: { id?: string; offset?: string }
  }
  gmail?: { messageId?: string; threadId?: string; accessToken?: string }
}

/** Who looks at the card, and when: what dates are written for. */
export type Reader = { now: Date; locale: string; timeZone: string }

/** How a draft is opened from here: below the open mail, on its own, or, outside Gmail, not at all. */
export type DraftPlace = 'reply' | 'standalone' | null

export const isInSheets = ({ commonEventObject }: AddonEvent): boolean => commonEventObject?.hostApp === 'SHEETS'

export function draftPlaceOf(event: AddonEvent): DraftPlace {
  if (isInSheets(event)) return null
  return event.gmail?.messageId ? 'reply' : 'standalone'
}

/** Every value of every field, a day as YYYY-MM-DD. Untouched and unchecked inputs are absent from an event, so absence never means off. */
export function valuesOf(event: AddonEvent): Record<string, string[]> {
  const inputs = event.commonEventObject?.formInputs || {}
  const values: Record<string, string[]> = {}
  for (const name of Object.keys(inputs)) {
    const { stringInputs, dateInput } = inputs[name] || {}
    values[name] = dateInput ? [dayOf(Number(dateInput.msSinceEpoch))] : stringInputs?.value || []
  }
  return values
}

/** A picked day comes as its midnight in UTC. */
const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10)

/** The first value of every field that has one. */
export function fieldsOf(event: AddonEvent): Record<string, string> {
  const values = valuesOf(event)
  const fields: Record<string, string> = {}
  for (const name of Object.keys(values)) {
    const value = values[name]?.[0]
    if (value !== undefined) fields[name] = value
  }
  return fields
}

export const parametersOf = (event: AddonEvent): Record<string, string> => event.commonEventObject?.parameters || {}

export function readerOf(event: AddonEvent): Reader {
  const common = event.commonEventObject
  return { now: new Date(), locale: common?.userLocale ?? 'en', timeZone: common?.timeZone?.id ?? 'UTC' }
}
