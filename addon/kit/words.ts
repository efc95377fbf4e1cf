/** The parts that say something, in one text. */
export const joined = (parts: readonly (string | null | undefined | false)[], between = ' · '): string =>
  parts.filter(Boolean).join(between)

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
