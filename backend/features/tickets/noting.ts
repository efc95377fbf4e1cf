import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { ticketNoted } from './events.ts'
import { changeTicket, type LockedTicket, lockGoingOn } from './locking.ts'
import { mentionEachIn, mentionIn } from './mentioning/mentioning.ts'
import { excerptOf, insertMessage, insertMessages, type NewMessage } from './messages.ts'

export const note = (ctx: Ctx, ticketId: string, text: string, by: Actor): Promise<Noted> =>
  inWorkspace(ctx, by.workspaceId, (tx) => noteIn(ctx, tx, { ticketId, text }, by))

/**
 * Where a note is, and what to tell its writer about people whom it names and who are not clear; it is kept all the same.
 */
type Noted = { ticketId: string; problems: string[] }

/**
 * Two people who note at once do not conflict, so a note asks for no version. What was merged goes on elsewhere, and so does a note that
 * was typed on it.
 */
export async function noteIn(
  ctx: Ctx,
  tx: Tx,
  { ticketId: wantedId, text }: { ticketId: string; text: string },
  by: Actor,
): Promise<Noted> {
  const ticket = await lockGoingOn(tx, wantedId)
  const message = noteOf(tx, ticket, text, by)
  const { id: messageId, ticketId } = message
  await insertMessage(tx, await ctx.keyring.box(tx), message)
  await changeTicket(tx, ticketId, { messageCount: { increment: 1 } })
  const { facts, problems } = await mentionIn(tx, { ticketId, messageId, text }, by)
  await record(tx, [ticketNoted({ ticketId, messageId, by }), ...facts])
  return { ticketId, problems }
}

type Same = { tickets: readonly LockedTicket[]; text: string }

/** The same note on several tickets that the caller holds; what was merged goes on elsewhere, and gets none. */
export async function noteEachIn(ctx: Ctx, tx: Tx, { tickets, text }: Same, by: Actor): Promise<void> {
  const messages = tickets
    .filter(({ mergedIntoId }) => mergedIntoId === null)
    .map((ticket) => noteOf(tx, ticket, text, by))
  if (messages.length === 0) return
  await insertMessages(tx, await ctx.keyring.box(tx), messages)
  await tx.ticket.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: messages.map(({ ticketId }) => ticketId) } },
    data: { messageCount: { increment: 1 }, version: { increment: 1 } },
  })
  const notes = messages.map(({ id: messageId, ticketId }) => ({ ticketId, messageId }))
  const { facts } = await mentionEachIn(tx, { notes, text }, by)
  await record(tx, [...notes.map((each) => ticketNoted({ ...each, by })), ...facts])
}

const noteOf = (
  { now }: Tx,
  { id: ticketId, subject }: Pick<LockedTicket, 'id' | 'subject'>,
  text: string,
  by: Actor,
): NewMessage => ({
  id: newId(now),
  ticketId,
  direction: 'note',
  author: { kind: by.kind, id: by.id },
  mailKey: null,
  automatic: false,
  provenKey: null,
  sentAt: now,
  envelope: { subject, messageId: '', from: { name: by.name, address: '' }, to: [], cc: [] },
  excerpt: excerptOf(text),
  text,
  raw: null,
})
