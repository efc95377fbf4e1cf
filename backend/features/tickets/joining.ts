import type { MailWhy } from '../../../shared/mail-why.ts'
import { type Fact, record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { type AfterMail, writeAfterMails } from './after-mail.ts'
import { takeFromLeavers } from './leavers.ts'
import type { LockedTicket } from './locking.ts'
import type { MailToFile } from './mail.ts'
import { askForOrdersInAll } from './noting-orders.ts'
import { type Answered, repliedOn } from './replying.ts'
import { storeMails } from './storing.ts'
import { wokenBy } from './waking.ts'

/**
 * A mail, and the ticket that it joins, which is locked.
 * @property met what is to be recorded of its writer before it
 * @property byClaim nothing in it names who of the team wrote it
 */
export type Joining = {
  mail: MailToFile & { why: MailWhy }
  ticket: LockedTicket
  met: readonly Fact[]
  byClaim?: true | undefined
} & (
  | { direction: 'in'; author: { kind: 'customer'; id: string } }
  | { direction: 'out'; author: { kind: 'staff'; id: string } | { kind: 'unknown'; id: null } }
)

/** What a mail does to its ticket, and what is to be recorded of it. */
export type Moved = { after: AfterMail; facts: Fact[] }

/**
 * Puts mails on tickets that go on, each on one of its own: whose words they are, how the tickets stand after them, and all that follows
 * from it, by a few statements however many they are.
 * @returns their messages, in their order
 */
export async function joinTickets(tx: Tx, box: Box, joinings: readonly Joining[]): Promise<string[]> {
  if (joinings.length === 0) return []
  const stored = await storeMails(
    tx,
    box,
    joinings.map((joining) => ({ ...joining, on: onOf(joining) })),
  )
  const answers = stored.filter((one): one is Answered & typeof one => one.direction === 'out')
  const replied = new Map(answers.length === 0 ? [] : await repliedOn(tx, answers))
  const moved = stored.map((one): Moved => {
    if (one.direction === 'in') return wokenBy({ ...one, customerId: one.author.id })
    const move = replied.get(one.messageId)
    if (!move) throw new Error('An answer that was filed moves its ticket')
    return move
  })
  await writeAfterMails(
    tx,
    moved.map(({ after }) => after),
  )
  await record(
    tx,
    stored.flatMap(({ met }, n) => [...met, ...(moved[n]?.facts ?? [])]),
  )
  const woken = stored.filter(({ direction, ticket }, n) => direction === 'in' && isWoken(ticket, moved[n]))
  if (woken.length > 0)
    await takeFromLeavers(
      tx,
      woken.map(({ ticket }) => ticket.id),
    )
  const asking = stored.filter(({ direction }) => direction === 'in')
  if (asking.length > 0) await askForOrdersInAll(tx, asking)
  return stored.map(({ messageId }) => messageId)
}

const onOf = ({ ticket, direction, author }: Joining) => ({ ticketId: ticket.id, direction, author })

/** Whether a ticket that is somebody's came to life again. */
const isWoken = ({ assigneeId, status, voidReason }: LockedTicket, moved: Moved | undefined): boolean =>
  assigneeId !== null &&
  moved !== undefined &&
  (moved.after.status !== status || (voidReason !== null && moved.after.voidReason === null))
