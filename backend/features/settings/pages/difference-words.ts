const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether this is the id of something, which nobody can read. */
export const isId = (text: string): boolean => ID.test(text)

/** Names of parts whose own words would not be understood. */
const PARTS: Readonly<Record<string, string>> = {
  onBreach: 'when late',
  onWarning: 'when nearly late',
  first: 'first answer',
  next: 'next answer',
  resolution: 'solution',
  acts: 'also does',
  do: 'what',
  all: 'if all',
  any: 'if one of',
  exempt: 'without targets',
  tell: 'mailed to',
  assigneeId: 'given to',
  staffId: 'given to',
  mailboxIds: 'mailboxes',
  savedReplyId: 'saved reply',
}

/** `warnMinutes` as a person writes it: warn minutes. */
export const keyWords = (key: string): string =>
  PARTS[key] ?? key.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** A closed code without its underscores; what people typed stays as it is. */
export const textWords = (text: string): string => (/^[a-z]+(_[a-z]+)+$/.test(text) ? text.replaceAll('_', ' ') : text)

const twoPlaces = (number: number): string => String(number).padStart(2, '0')

/** The time of a minute of the day: 570 is 09:30. */
export const clockWords = (minute: number): string => `${twoPlaces(Math.floor(minute / 60))}:${twoPlaces(minute % 60)}`

/** Parts that hold hundredths of the shop's money. */
const MONEY = new Set(['spent', 'action', 'order', 'customer year', 'agent day', 'shop day'])

/** A number with what it counts, where its part does not say so. @param path the words of its part and of what that is in */
export function numberWords(value: number, path: readonly string[]): string {
  if (path.includes('targets')) return value % 60 === 0 ? `${value / 60} h` : `${value} min`
  if (MONEY.has(path.at(-1) ?? '')) return `${Math.floor(value / 100)}.${twoPlaces(value % 100)}`
  return String(value)
}
