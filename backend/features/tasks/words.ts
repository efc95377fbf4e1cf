const DAY_MS = 86_400_000
const NAMES = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' })
const YEARS = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })

/** When something is to be done: `Today`, `Tomorrow`, `Tue, 24 Nov`. Both days are YYYY-MM-DD by the calendar of the workspace. */
export function dueWords(dueOn: string, today: string): string {
  const days = Math.round((Date.parse(dueOn) - Date.parse(today)) / DAY_MS)
  if (days === 0) return 'Today'
  if (days === 1) return 'Tomorrow'
  const name = (days < 300 && days > -300 ? NAMES : YEARS).format(new Date(dueOn))
  return days < 0 ? `Overdue since ${name}` : name
}
