/** Whether this is a time zone as the IANA names them, older names included; how letters are cased does not matter. @returns false for what nobody knows */
export const isTimeZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
