/** Making one takes longer than using it; shops are in few time zones. */
const calendars = new Map<string, Intl.DateTimeFormat>()

function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone)
  if (known) return known
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  calendars.set(timeZone, calendar)
  return calendar
}

/** The day of an instant in a time zone (IANA name, Europe/London), YYYY-MM-DD. */
export const dayIn = (timeZone: string, at: Date): string => calendarOf(timeZone).format(at)
