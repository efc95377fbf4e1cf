import ICAL from 'ical.js'
import { storable } from './text.ts'

/** Larger ones are whole calendars, and no invitation. */
export const LARGEST_CALENDAR = 500_000
const MOST_EVENTS = 5

/** What a calendar part says, in words; null when it is none that can be read. */
export function invitationWords(calendar: string): string | null {
  try {
    const root = new ICAL.Component(ICAL.parse(calendar.trim()) as unknown as unknown[])
    const method = text(root.getFirstPropertyValue('method')).toUpperCase()
    const events = root.getAllSubcomponents('vevent').slice(0, MOST_EVENTS)
    if (events.length === 0) return null
    return events.map((event) => wordsOf(event, method)).join('\n\n')
  } catch {
    return null // anything may be sent as a calendar; it stays an attachment
  }
}

const HEADINGS: Record<string, string> = {
  REQUEST: 'Invitation',
  CANCEL: 'Invitation cancelled',
  REPLY: 'Answer to an invitation',
  COUNTER: 'Another time proposed',
  PUBLISH: 'Calendar entry',
}

const ANSWERS: Record<string, string> = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'maybe' }

function wordsOf(event: ICAL.Component, method: string): string {
  const about = (name: string) => line(text(event.getFirstPropertyValue(name)))
  const cancelled = method === 'CANCEL' || about('status').toUpperCase() === 'CANCELLED'
  const heading = HEADINGS[cancelled ? 'CANCEL' : method] ?? 'Calendar entry'
  const answer = method === 'REPLY' ? answerOf(event) : ''
  return [
    `${heading}: ${about('summary') || '(without a title)'}`,
    whenOf(event),
    about('location') && `Where: ${about('location')}`,
    organiserOf(event),
    answer,
    event.getFirstProperty('rrule') ? 'It repeats.' : '',
  ]
    .filter((said) => said !== '')
    .join('\n')
}

function whenOf(event: ICAL.Component): string {
  const [from, to] = ['dtstart', 'dtend'].map((name) => instantOf(event.getFirstProperty(name)))
  if (!from) return ''
  return `When: ${from}${to && to !== from ? ` to ${to}` : ''}`
}

/** As the calendar writes it, with the zone that it names: the desk does not know where its readers are. */
function instantOf(property: ICAL.Property | null): string {
  const value = property?.getFirstValue()
  if (!(value instanceof ICAL.Time)) return ''
  const [date = '', time = ''] = value.toString().replace('Z', '').split('T')
  const zone = value.zone === ICAL.Timezone.utcTimezone ? 'UTC' : text(property?.getFirstParameter('tzid'))
  return value.isDate ? date : `${date} ${time.slice(0, 5)}${zone ? ` (${line(zone)})` : ''}`
}

function organiserOf(event: ICAL.Component): string {
  const property = event.getFirstProperty('organizer')
  if (!property) return ''
  const name = line(text(property.getFirstParameter('cn')))
  const address = line(text(property.getFirstValue()).replace(/^mailto:/i, ''))
  return `Organiser: ${name && name !== address ? `${name} <${address}>` : address}`
}

function answerOf(event: ICAL.Component): string {
  const attendee = event.getFirstProperty('attendee')
  const said = ANSWERS[text(attendee?.getFirstParameter('partstat')).toUpperCase()]
  return said ? `Answer: ${said}` : ''
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

const line = (value: string): string => storable(value.replace(/\s+/g, ' ').trim(), 500)
