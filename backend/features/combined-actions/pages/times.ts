import { keptByZone } from '../../../platform/calendar.ts'

const clocks = keptByZone(
  (timeZone) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    }),
)

/** Sat 21 Nov, 19:40, where the shop is. @param timeZone IANA */
export const timeIn = (timeZone: string, at: Date): string => clocks(timeZone).format(at)
