/** Times as a mail list shows them: of today by the hour, of this year by the day. */
export function shortTime(at: Date, now: Date): string {
  if (at.toDateString() === now.toDateString()) return clock(at)
  return (at.getFullYear() === now.getFullYear() ? DAY : DAY_OF_YEAR).format(at)
}

export const longTime = (at: Date) => `${WEEKDAY.format(at)}, ${clock(at)}`

/** Making one takes longer than using it: a list of mails has one time a row. */
const words = (parts: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', parts)
const DAY = words({ day: 'numeric', month: 'short' })
const DAY_OF_YEAR = words({ day: 'numeric', month: 'short', year: 'numeric' })
const WEEKDAY = words({ weekday: 'short', day: 'numeric', month: 'short' })
const CLOCK = words({ hour: '2-digit', minute: '2-digit' })

export const size = (bytes: number) =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1024 ** 2
      ? `${Math.round(bytes / 1024)} KB`
      : `${(bytes / 1024 ** 2).toFixed(1)} MB`

/** One or two letters for a face. */
export const initials = (name: string) =>
  name
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('')

/** The same name has the same colour everywhere. */
export const hue = (name: string) => [...name].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 360, 7)

const clock = (at: Date) => CLOCK.format(at)
