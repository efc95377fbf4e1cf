import { domainOf, emailKey } from '../../settings/index.ts'
import { mailKeysIn } from '../../tickets/index.ts'
import { plainKey } from '../house.ts'

/** The headers of a mail that say whose it is, by their names in small letters; never its subject or its text. */
export type Signs = Readonly<Record<string, readonly string[]>>

/** Asked of Gmail, and nothing else. */
export const SIGN_HEADERS = [
  'From',
  'Sender',
  'Reply-To',
  'To',
  'Cc',
  'Bcc',
  'Delivered-To',
  'List-Id',
  'Message-ID',
  'In-Reply-To',
  'References',
]

export type Own = { shared: ReadonlySet<string>; domains: ReadonlySet<string> }

/** `desk`: addressed from or to a shared address. `maybe`: the desk's if it is part of a known conversation. */
export type Belonging = { kind: 'desk' } | { kind: 'maybe'; keys: string[] } | { kind: 'private' }

const WRITTEN_TO = ['to', 'cc', 'bcc', 'delivered-to', 'reply-to']
const WRITTEN_BY = ['from', 'sender']

/** What the headers alone say. Colleagues among themselves are not the desk's, whatever they talk of. */
export function belongingOf(signs: Signs, { shared, domains }: Own): Belonging {
  const addresses = [...WRITTEN_BY, ...WRITTEN_TO].flatMap((name) => addressesIn(signs[name]))
  if (addresses.some((address) => shared.has(plainKey(address)))) return { kind: 'desk' }
  if ((signs['list-id'] ?? []).some((id) => isList(id, shared))) return { kind: 'desk' }
  if (addresses.every((address) => domains.has(domainOf(address)))) return { kind: 'private' }
  const keys = ['message-id', 'in-reply-to', 'references'].flatMap((name) => (signs[name] ?? []).flatMap(mailKeysIn))
  return { kind: 'maybe', keys: [...new Set(keys)] }
}

/** A name in quotes is anybody's to choose, and is no address. */
const addressesIn = (values: readonly string[] = []): string[] =>
  values.flatMap((value) =>
    (value.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/[^\s<>,;:()]+@[^\s<>,;:()]+/g) ?? []).map(emailKey),
  )

/** A Google Group's List-Id is its address with a dot. */
function isList(header: string, shared: ReadonlySet<string>): boolean {
  const [, id = ''] = /<([^<>]+)>\s*$/.exec(header) ?? []
  return [...shared].some((address) => address.replace('@', '.') === id.toLowerCase())
}
