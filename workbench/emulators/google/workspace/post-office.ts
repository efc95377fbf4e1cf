import { key } from '../directory.ts'
import { keep } from '../gmail/posting.ts'
import type { Ground } from '../ground.ts'
import type { Entry } from '../store/entries.ts'
import { bounceMail } from './bounce.ts'
import { type Delivery, type DeliveryOptions, delivering, type Envelope, type Outgoing } from './delivery.ts'
import { routingCopy } from './routing.ts'

export interface Delivered {
  /** RFC 822 Message-ID, with angle brackets; empty when the mail has none. */
  messageId: string
  copies: { mailbox: string; id: string; threadId: string }[]
  refused: string[]
}

/** A mail from outside arrives: byte-exact below the lines the receiving server adds. */
export function deliver(ground: Ground, bytes: Buffer, envelope: Envelope, options: DeliveryOptions = {}): Delivered {
  const outgoing = { bytes, kept: keep(ground.store, bytes), envelope, options }
  const delivery = delivering(ground, outgoing)
  ground.store.commit(delivery.entries)
  return report(outgoing, delivery)
}

/** A user's mail leaves: recipients and the archive's copy, committed with the sent copy as one, then any bounce. */
export function dispatch(ground: Ground, outgoing: Outgoing, sent: Entry[]): Delivered {
  const delivery = delivering(ground, outgoing)
  const copy = routingCopy(ground, outgoing, delivery)
  if (copy) {
    delivery.entries.push(copy)
    delivery.added.push(copy)
  }
  ground.store.commit([...sent, ...delivery.entries])
  ground.store.commit(bounced(ground, outgoing, delivery)) // afterwards, so that it joins the sent mail's thread
  return report(outgoing, delivery)
}

function bounced(ground: Ground, { bytes, kept, envelope, options }: Outgoing, { refused }: Delivery): Entry[] {
  if (refused.length === 0 || envelope.from === '') return []
  const at = options.at ?? ground.clock.now()
  const notice = bounceMail({ sender: envelope.from, refused, original: bytes, messageId: kept.head.messageId, at })
  const back = { from: '', to: [key(envelope.from)] }
  return delivering(ground, {
    bytes: notice,
    kept: keep(ground.store, notice),
    envelope: back,
    options: { authentication: 'pass', at },
  }).entries
}

const report = ({ kept }: Outgoing, { added, refused }: Delivery): Delivered => ({
  messageId: kept.head.messageId,
  copies: added.map(({ user, id, threadId }) => ({ mailbox: user, id, threadId })),
  refused,
})
