import type { MessageExcerpt } from '../../../shared/tickets.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { CardTicket } from './card/writing.ts'
import { goingOnOf } from './locking.ts'
import { presentTrust, type TrustRow, trustColumns } from './trust-words.ts'

/** What speaks against the newest mail of a customer; null when nothing does, or when somebody has answered since. */
export function doubtOf({ messages }: Pick<CardTicket, 'messages'>): string[] | null {
  const newest = messages.find(({ direction }) => direction !== 'note')
  return newest?.direction === 'in' && newest.trust?.warns ? newest.trust.words : null
}

/** What is said of the newest mail that came in, and how loudly. */
export function trustSaid({
  messages,
}: Pick<CardTicket, 'messages'>): Pick<NonNullable<MessageExcerpt['trust']>, 'warns' | 'words'> {
  const trust = messages.find(({ direction }) => direction === 'in')?.trust
  return trust ? { warns: trust.warns, words: trust.words } : { warns: false, words: [] }
}

type NewestRow = TrustRow & { id: string; direction: string }

/**
 * What speaks against the newest mail of a ticket where it is forged or shows a trick; null when nothing does, or when somebody has
 * answered since. A check that merely failed is told on the card and stops nobody.
 */
export async function trickIn(tx: Tx, box: Box, ticketId: string): Promise<string[] | null> {
  const [newest] = await tx.$queryRaw<NewestRow[]>`
    select m.id::text, m.direction, ${trustColumns} from desk.message m
    where m.workspace_id = ${tx.workspaceId}::uuid and m.ticket_id = ${await goingOnOf(tx, ticketId)}::uuid and m.direction <> 'note'
    order by m.sent_at desc, m.id desc limit 1`
  if (newest?.direction !== 'in' || (newest.trust !== 'forged' && newest.signs.length === 0)) return null
  return presentTrust(box, newest.id, newest)?.words ?? null
}
