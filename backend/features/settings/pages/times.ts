import { keptByZone } from '../../../platform/calendar.ts'

const clocks = keptByZone(
  (timeZone) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    }),
)

/** 21 Nov 2026, 19:40, in a time zone (IANA name). */
export const timeIn = (timeZone: string, at: Date): string => clocks(timeZone).format(at)
