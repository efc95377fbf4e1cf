import { emailKey } from '../settings/index.ts'
import { baseSubject } from './mail-key.ts'
import type { Envelope } from './messages.ts'

/** Who a mail is between, but for us. */
export type People = {
  /** Who wrote it; of our own mail, to whom it was written. */
  main: readonly string[]
  /** Everyone it names. */
  all: readonly string[]
}

type Named = Pick<Envelope, 'from' | 'to' | 'cc'>

/**
 * The people of a mail by their look-up keys.
 * @param isOurs whether an address is one of our mailboxes', whatever tag it bears
 */
export function peopleOf({ from, to, cc }: Named, isOurs: (address: string) => boolean): People {
  const keys = (addresses: readonly string[]) => [
    ...new Set(addresses.filter((address) => !isOurs(address)).map(emailKey)),
  ]
  const all = keys([from.address, ...to, ...cc])
  return { main: isOurs(from.address) ? keys([...to, ...cc]) : keys([from.address]), all }
}

/**
 * Whether whoever wrote one of two mails has to do with the other. It says the same from both ends, so that it does not matter which
 * of two mails came first.
 */
export const sharePeople = (one: People, other: People): boolean =>
  one.main.some((key) => other.all.includes(key)) || other.main.some((key) => one.all.includes(key))

export const sameSubject = (one: string, other: string): boolean => baseSubject(one) === baseSubject(other)
