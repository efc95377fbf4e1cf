import type { z } from 'zod'
import type { ContactChannel, logContact } from '../../../../shared/contacts.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { type Fact, record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { ticketNoted } from '../events.ts'
import { changeTicket, lockTicket } from '../locking.ts'
import { mentionIn } from '../mentioning/mentioning.ts'
import { excerptOf, insertMessage } from '../messages.ts'
import { contactLogged } from './events.ts'
import { addHandleTime } from './handle-time.ts'

export type Talk = z.infer<(typeof logContact)['body']>

export const CHANNEL_WORDS: Record<ContactChannel, string> = { call: 'Call', walk_in: 'Visit' }

/**
 * Logs a talk on a ticket. Two people who log at once do not conflict.
 * @returns what to tell about people whom its words name and who are not clear
 */
export const logTalk = (ctx: Ctx, ticketId: string, talk: Talk, by: Actor): Promise<string[]> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const ticket = await lockTicket(tx, ticketId)
    if (ticket.mergedIntoId !== null)
      throw new DeskError('move_not_allowed', 'This ticket was merged into another one. Log it there.')
    const { facts, problems } = await keepTalk(ctx, tx, { id: ticketId, subject: ticket.subject }, talk, by)
    await changeTicket(tx, ticketId, { messageCount: { increment: 1 } })
    await record(tx, facts)
    return problems
  })

/** Writes a talk as a note of whoever had it, and counts its time. @returns facts for the caller to record, and what to tell */
export async function keepTalk(
  ctx: Ctx,
  tx: Tx,
  ticket: { id: string; subject: string },
  { channel, minutes, text }: Talk,
  by: Actor,
): Promise<{ facts: Fact[]; problems: string[] }> {
  const messageId = newId(tx.now)
  const seconds = minutes * 60
  const words = `${CHANNEL_WORDS[channel]}${minutes > 0 ? `, ${minutes} min` : ''}: ${text}`
  await insertMessage(tx, await ctx.keyring.box(tx), {
    id: messageId,
    ticketId: ticket.id,
    direction: 'note',
    author: { kind: by.kind, id: by.id },
    mailKey: null,
    automatic: false,
    provenKey: null,
    sentAt: tx.now,
    envelope: { subject: ticket.subject, messageId: '', from: { name: by.name, address: '' }, to: [], cc: [] },
    excerpt: excerptOf(words),
    text: words,
    raw: null,
  })
  const staffId = by.kind === 'staff' ? by.id : null
  await tx.ticketContact.create({
    data: { workspaceId: tx.workspaceId, messageId, channel, seconds, staffId, at: tx.now },
    select: { messageId: true },
  })
  if (staffId !== null) await addHandleTime(tx, [{ ticketId: ticket.id, staffId, seconds }])
  const { id: ticketId } = ticket
  const mentioned = await mentionIn(tx, { ticketId, messageId, text }, by)
  const logged = contactLogged({ ticketId, messageId, channel, seconds, by })
  return { facts: [ticketNoted({ ticketId, messageId, by }), logged, ...mentioned.facts], problems: mentioned.problems }
}
