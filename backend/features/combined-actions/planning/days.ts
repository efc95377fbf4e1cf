/** The day of an instant where the shop is, YYYY-MM-DD. @param timeZone IANA name, Europe/London */
export const dayIn = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
