import { key } from '../directory.ts'
import { type Added, posting } from '../gmail/posting.ts'
import type { Ground } from '../ground.ts'
import { split } from '../mime/headers.ts'
import type { Delivery, Outgoing } from './delivery.ts'
import { receivedHeaders } from './received-headers.ts'

/** The organisation's routing rule: what a user sends as a group's address is also delivered to the archive. */
export function routingCopy(ground: Ground, outgoing: Outgoing, delivery: Delivery): Added | undefined {
  const { store, directory, clock } = ground
  const { head, raw } = outgoing.kept
  const archive = directory.archive()
  if (!store.state.routing || !archive || !outgoing.sender || !directory.group(head.fromEmail)) return undefined
  const user = key(archive.email)
  if (outgoing.sender === user || delivery.added.some((entry) => entry.user === user)) return undefined
  const { eol } = split(outgoing.bytes)
  const at = outgoing.options.at ?? clock.now()
  const original = outgoing.envelope.to.map((to) => `X-Gm-Original-To: ${to}${eol}`).join('')
  const reception = { mailbox: user, recipient: user, envelopeFrom: outgoing.envelope.from, fromEmail: head.fromEmail }
  const top = receivedHeaders({ ...reception, authentication: 'pass', policy: 'none', at, eol })
  const labels = ['INBOX', 'UNREAD', 'CATEGORY_PERSONAL']
  return posting(store, { user, raw: { ...raw, prefix: top + original + raw.prefix }, head, labels, at: at.getTime() })
}
