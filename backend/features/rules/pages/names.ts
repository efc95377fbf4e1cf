import { DeskError } from '../../../platform/errors.ts'
import { PRIORITY_WORDS, STATUS_WORDS } from '../../tickets/index.ts'
import type { Targets } from '../definitions/targets.ts'

/** What is typed for what is meant, and back: people by address or name, mailboxes by address, saved replies by title. */

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase()
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const refused = (words: string) => new DeskError('invalid_request', words)

export function personNamed(typed: string, { people }: Targets): string {
  const found = [...people].filter(
    ([id, { name, email }]) => same(id, typed) || same(email, typed) || same(name, typed),
  )
  const [one, another] = found
  if (!one) throw refused(`There is nobody called ${typed} on the staff. Write a mail address or a name.`)
  if (another) throw refused(`There are several people called ${typed}. Write the mail address.`)
  return one[0]
}

export const personText = (id: string, { people }: Targets): string => people.get(id)?.email ?? id

export function mailboxNamed(typed: string, { mailboxes }: Targets): string {
  const found = [...mailboxes].find(([id, address]) => same(address, typed) || same(id, typed))
  if (!found) throw refused(`There is no mailbox ${typed}. Write one of ${[...mailboxes.values()].join(', ')}.`)
  return found[0]
}

export const mailboxText = (id: string, { mailboxes }: Targets): string => mailboxes.get(id) ?? id

export function replyNamed(typed: string, { replies }: Targets): string {
  if (UUID.test(typed.trim())) return typed.trim()
  const found = [...replies].find(([, { title }]) => same(title, typed))
  if (!found) throw refused(`There is no saved reply «${typed}» of everybody’s. Write its title.`)
  return found[0]
}

export const replyText = (id: string, { replies }: Targets): string => replies.get(id)?.title ?? id

/** A code by itself or by what people call it: `on_hold` and `On hold`. */
export function codeNamed(typed: string, words: Readonly<Record<string, string>>, what: string): string {
  const found = Object.entries(words).find(([code, word]) => same(code, typed) || same(word, typed))
  if (!found) throw refused(`There is no ${what} ${typed}. Write ${Object.values(words).join(', ')}.`)
  return found[0]
}

export const STATUSES: Readonly<Record<string, string>> = STATUS_WORDS
export const PRIORITIES: Readonly<Record<string, string>> = PRIORITY_WORDS
export const CHANNEL_WORDS = { mail: 'mail', call: 'call', walk_in: 'visit' }
export const TIERS = { standard: 'standard', plus: 'plus', vip: 'VIP' }

/** What is typed with commas between it. */
export const listIn = (typed: string): string[] =>
  typed
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')

export function hoursIn(typed: string): number {
  if (!/^\d{1,4}$/.test(typed.trim())) throw refused('Write whole hours, 1 to 672.')
  return Number(typed)
}
