import { Prisma } from '../../generated/prisma/client.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { type People, peopleOf, sameSubject, sharePeople } from './kinship.ts'
import type { Envelope } from './messages.ts'

/** A mail that is known under a key, or that names it; and the ticket where it stands now. */
export type Hit = {
  key: string
  ticketId: string
  messageId: string | null
  /** It is the mail of that key; otherwise it names it. */
  held: boolean
  /** It names the key as the mail that it answers. */
  direct: boolean
  envelope: Uint8Array | null
  subject: string
  /** The ticket's, and whether another one goes on for it. */
  number: number
  merged: boolean
  /**
   * Which of the senders at hand, by the keys of their addresses, is the customer who wrote that mail; of one of ours, and of one that is
   * not told, the customer of its ticket.
   */
  partners: string[]
}

/** Of the mails that name one key so many are looked at for each ticket. */
const NAMERS = 8

/** Mails that have one of these keys or name one, those of the newest ticket first. */
export const hitsOf = (tx: Tx, keys: readonly string[], senderKeys: readonly string[]): Promise<Hit[]> =>
  tx.ask<Hit>(hitsSql(tx.workspaceId, keys, senderKeys))

export const hitsSql = (
  workspaceId: string,
  keys: readonly string[],
  senderKeys: readonly string[],
): Prisma.Sql => Prisma.sql`
  with sender as materialized (
    select email_key, customer_id from desk.customer_address where workspace_id = ${workspaceId}::uuid and email_key = any(${senderKeys}::text[])
  ), hit as (
    select mail_key as key, ticket_id, id as message_id, true as held, false as direct, envelope, author_id, direction from desk.message
    where workspace_id = ${workspaceId}::uuid and mail_key = any(${keys}::text[])
    union all
    select r.mail_key, coalesce(m.ticket_id, r.ticket_id), m.id, false, r.direct, m.envelope, m.author_id, m.direction from (
      select mail_key, ticket_id, message_id, direct, row_number() over (partition by mail_key, ticket_id order by direct desc, message_id desc) as place
      from desk.message_reference where workspace_id = ${workspaceId}::uuid and mail_key = any(${keys}::text[])) r
    left join desk.message m on m.workspace_id = ${workspaceId}::uuid and m.id = r.message_id
    where r.place <= ${NAMERS}
  )
  select hit.key, hit.ticket_id::text as "ticketId", hit.message_id::text as "messageId", hit.held, hit.direct, hit.envelope, t.subject, t.number,
    t.merged_into_id is not null as merged,
    array(select email_key from sender where customer_id = case when hit.direction = 'in' then hit.author_id else t.customer_id end) as "partners"
  from hit join desk.ticket t on t.workspace_id = ${workspaceId}::uuid and t.id = hit.ticket_id
  order by t.created_at desc, t.id desc`

/** What a mail is compared by. `isOurs`: an address of a mailbox; `isInside`: one of the house at all. */
export type Likeness = {
  box: Box
  /** Of who wrote it. */
  senderKey: string
  subject: string
  people: People
  isOurs: (address: string) => boolean
  isInside: (address: string) => boolean
}

/** How a mail and a hit are alike. `someone`: both name one person outside, whoever wrote them. */
export function likenessOf(
  { box, senderKey, subject, people, isOurs, isInside }: Likeness,
  hit: Hit,
): { subject: boolean; people: boolean; someone: boolean } {
  const takesPart = hit.partners.includes(senderKey)
  if (hit.messageId === null || hit.envelope === null)
    return { subject: sameSubject(subject, hit.subject), people: takesPart, someone: takesPart }
  const envelope = envelopeOf(box, { messageId: hit.messageId, envelope: hit.envelope })
  const theirs = peopleOf(envelope, isOurs)
  return {
    subject: sameSubject(subject, envelope.subject),
    people: takesPart || sharePeople(people, theirs),
    someone: people.all.some((key) => !isInside(key) && theirs.all.includes(key)),
  }
}

type Sealed = { messageId: string; envelope: Uint8Array }

const envelopeOf = (box: Box, { messageId, envelope }: Sealed): Envelope =>
  JSON.parse(box.openText('message.envelope', messageId, envelope))

/** Whether a mail is between the same people as a stored one. */
export const sharePeopleWith = ({ box, people, isOurs }: Likeness, stored: Sealed): boolean =>
  sharePeople(people, peopleOf(envelopeOf(box, stored), isOurs))
