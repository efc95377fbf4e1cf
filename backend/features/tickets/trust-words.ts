import type { MessageTrust, TrustSign } from '../../../shared/trust.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Box } from '../../platform/keyring.ts'
import { domainOf } from '../settings/index.ts'
import type { Envelope } from './messages.ts'

/** What is stored of how far a message's sender can be believed; `trust` is null where nobody judged. */
export type TrustRow = {
  trust: MessageTrust['level'] | null
  dmarc: MessageTrust['dmarc'] | null
  dkim: MessageTrust['dkim'] | null
  spf: MessageTrust['spf'] | null
  signs: TrustSign[]
  /** Base64, given only where there is something to say. */
  sealedEnvelope: string | null
}

/** Its columns of the message `m`: the sealed envelope comes along for the few mails that say something. */
export const trustColumns = Prisma.sql`m.trust, m.dmarc, m.dkim, m.spf, m.signs,
  case when m.trust in ('unproven', 'forged') or cardinality(m.signs) > 0 then encode(m.envelope, 'base64') end as "sealedEnvelope"`

/** Null for what nobody judged, and for our own mail. */
export function presentTrust(box: Box, messageId: string, row: TrustRow): MessageTrust | null {
  const { trust: level, dmarc, dkim, spf, signs, sealedEnvelope } = row
  if (level === null || level === 'own') return null
  const codes = { dmarc: dmarc ?? 'absent', dkim: dkim ?? 'absent', spf: spf ?? 'absent' } as const
  const warns = level === 'forged' || signs.length > 0 || codes.dmarc === 'fail'
  if (sealedEnvelope === null) return { level, ...codes, signs, warns, words: [] }
  const envelope: Envelope = JSON.parse(
    box.openText('message.envelope', messageId, Buffer.from(sealedEnvelope, 'base64')),
  )
  return { level, ...codes, signs, warns, words: trustWords({ level, ...codes, signs }, envelope) }
}

type Found = Pick<MessageTrust, 'level' | 'dmarc' | 'dkim' | 'spf' | 'signs'>

/** What somebody should know before they believe a mail, the worst first. */
export function trustWords(found: Found, envelope: Pick<Envelope, 'from' | 'looksLike' | 'replyTo'>): string[] {
  const told = found.signs.map((sign) => SIGNS[sign](envelope))
  return found.level === 'unproven' ? [...told, unprovenWords(found, envelope.from.address)] : told
}

const SIGNS: Record<TrustSign, (envelope: Pick<Envelope, 'from' | 'looksLike' | 'replyTo'>) => string> = {
  forged_team: ({ from }) =>
    `It claims to come from ${from.address}, which is your team's, and nothing proves that. It is treated as a stranger's mail: it is no answer of yours and gives no orders.`,
  team_name: ({ from }) =>
    `The sender is called “${from.name}”, as somebody on your team is, and writes from ${from.address}, which is not your team's.`,
  like_own_domain: ({ from, looksLike = '' }) =>
    `${domainOf(from.address)} looks like your own ${looksLike}, and is not yours.`,
  like_known_sender: ({ from, looksLike = '' }) =>
    `${from.address} looks like ${looksLike}, who wrote before, and is another address.`,
  address_as_name: ({ from }) =>
    `The sender's name is written as an address, “${from.name}”; the mail is from ${from.address}, which is another one.`,
  disguised_domain: ({ from }) =>
    `The domain of ${from.address} mixes letters of several alphabets, so it may read like one that you know.`,
  reply_to_elsewhere: ({ from, replyTo = '' }) =>
    `The mail asks that answers go to ${replyTo}. An answer from here goes to ${from.address}; Gmail's own Reply would follow the mail.`,
}

function unprovenWords({ dmarc, dkim, spf }: Found, address: string): string {
  const why =
    dmarc === 'fail'
      ? `Google checked and it failed: ${domainOf(address)} says that such mail is not from there`
      : [dkim, spf].includes('fail')
        ? 'a check of Google failed'
        : [dkim, spf].includes('other_domain')
          ? 'it is signed by another domain'
          : 'the domain proves nothing about its mail'
  return `Not proved to come from ${address}: ${why}. No automatic answer goes out.`
}
