import { addressesIn } from '../mime/addresses.ts'
import { fieldsOf, headerValue, join, replaceField, split, withField } from '../mime/headers.ts'
import { encodeWord } from '../mime/words.ts'
import type { DmarcPolicy, SeedGroup } from '../seed.ts'

/** A group cannot pass on mail of a domain that forbids it, so From names the group and the sender moves to Reply-To. */
export function rewrittenForGroup(bytes: Buffer, group: SeedGroup, policy: DmarcPolicy): Buffer {
  if (policy === 'none') return bytes
  const parts = split(bytes)
  const fields = fieldsOf(parts.block)
  const from = headerValue(fields, 'From') ?? ''
  const sender = addressesIn(from)[0]
  if (!sender) return bytes
  const name = encodeWord(`'${sender.name || sender.email}' via ${group.name}`)
  const renamed = replaceField(parts, 'From', `${name.startsWith('=?') ? name : `"${name}"`} <${group.email}>`)
  const marked = withField(renamed, 'X-Original-From', from)
  return join(headerValue(fields, 'Reply-To') ? marked : withField(marked, 'Reply-To', from))
}
