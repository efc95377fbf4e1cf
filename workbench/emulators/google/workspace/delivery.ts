import { key } from '../directory.ts'
import { type Added, keep, posting } from '../gmail/posting.ts'
import type { Ground } from '../ground.ts'
import type { Head } from '../mime/head.ts'
import { split } from '../mime/headers.ts'
import type { Authentication, DmarcPolicy } from '../seed.ts'
import type { Entry, RawRef } from '../store/entries.ts'
import { rewrittenForGroup } from './group-rewrite.ts'
import { receivedHeaders } from './received-headers.ts'

export interface Envelope {
  /** Empty for a bounce. */
  from: string
  to: string[]
}

export interface DeliveryOptions {
  /** The classifier's verdict: SPAM instead of INBOX. */
  spam?: boolean
  /** Default: what the seed says of the sender; outside mail that claims our own domain fails. */
  authentication?: Authentication
  dmarcPolicy?: DmarcPolicy
  /** When Google took the mail; now when left out. */
  at?: Date
}

export interface Outgoing {
  bytes: Buffer
  kept: { raw: RawRef; head: Head }
  envelope: Envelope
  options: DeliveryOptions
  /** The user whose mailbox already holds the sent copy. */
  sender?: string
}

export interface Delivery {
  entries: Entry[]
  added: Added[]
  /** Recipients nobody has, or who refuse. */
  refused: string[]
}

/** What a mail does on its way: one copy for each mailbox behind its recipients, a ledger line for each outsider. */
export function delivering(ground: Ground, outgoing: Outgoing): Delivery {
  const delivery: Delivery = { entries: [], added: [], refused: [] }
  const served = new Set<string>()
  for (const recipient of outgoing.envelope.to) {
    for (const target of ground.directory.targetsOf(recipient)) {
      const name = target.kind === 'user' ? target.user.email : target.email
      if (served.has(key(name))) continue
      served.add(key(name))
      if (target.kind === 'user') add(delivery, toMailbox(ground, outgoing, key(name), recipient, target.group))
      else if (target.kind === 'unknown' || ground.directory.person(name)?.refuses) delivery.refused.push(name)
      else delivery.entries.push(toLedger(ground, outgoing, name))
    }
  }
  return delivery
}

/** Who sent it decides what the receiving server concludes, unless the delivery says otherwise. */
export function authenticationOf(
  ground: Ground,
  fromEmail: string,
  outgoing: Pick<Outgoing, 'options' | 'sender'>,
): Authentication {
  if (outgoing.options.authentication) return outgoing.options.authentication
  if (outgoing.sender) return 'pass'
  return ground.directory.person(fromEmail)?.authentication ?? (ground.directory.isOurs(fromEmail) ? 'fail' : 'pass')
}

function add(delivery: Delivery, entry: Added | undefined) {
  if (!entry) return
  delivery.entries.push(entry)
  delivery.added.push(entry)
}

function toMailbox(
  ground: Ground,
  outgoing: Outgoing,
  user: string,
  recipient: string,
  groupEmail?: string,
): Added | undefined {
  const { store, directory, clock } = ground
  const { head } = outgoing.kept
  const ownCopy = store
    .box(user)
    .byMessageId.get(head.messageId)
    ?.some((mail) => mail.labels.includes('SENT'))
  if (outgoing.sender === user || ownCopy) return undefined
  const policy = outgoing.options.dmarcPolicy ?? directory.person(head.fromEmail)?.dmarcPolicy ?? 'none'
  const group = groupEmail ? directory.group(groupEmail) : undefined
  const { kept, bytes } =
    group && policy !== 'none' ? rekept(ground, rewrittenForGroup(outgoing.bytes, group, policy)) : outgoing
  const at = outgoing.options.at ?? clock.now()
  const authentication = authenticationOf(ground, head.fromEmail, outgoing)
  const reception = {
    mailbox: user,
    recipient,
    envelopeFrom: outgoing.envelope.from,
    fromEmail: head.fromEmail,
    authentication,
    policy,
    at,
    group,
  }
  const prefix = receivedHeaders({ ...reception, eol: split(bytes).eol }) + kept.raw.prefix
  const labels = outgoing.options.spam ? ['SPAM', 'UNREAD'] : ['INBOX', 'UNREAD', 'CATEGORY_PERSONAL']
  return posting(store, { user, raw: { ...kept.raw, prefix }, head: kept.head, labels, at: at.getTime() })
}

const rekept = (ground: Ground, bytes: Buffer) => ({ bytes, kept: keep(ground.store, bytes) })

function toLedger(ground: Ground, outgoing: Outgoing, to: string): Entry {
  const at = (outgoing.options.at ?? ground.clock.now()).getTime()
  const id = `${at.toString(36)}-${(ground.store.state.received.get(to)?.length ?? 0) + 1}`
  return { t: 'received', mail: { id, to, at, ...outgoing.kept } }
}
