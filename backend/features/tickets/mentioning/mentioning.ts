import type { Actor } from '../../../platform/actor.ts'
import type { Fact } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { ticketMentioned } from '../events.ts'
import { type Named, namedIn } from './naming.ts'

type Note = { ticketId: string; messageId: string }
type Mentioned = { facts: Fact[]; problems: string[] }

/**
 * Keeps whom a note names, for their list and for a mail to each. Whoever wrote it needs no word about themselves.
 * @returns `facts` for the caller to record with its own, and what to tell the writer about names that are not clear
 */
export const mentionIn = (tx: Tx, { text, ...note }: Note & { text: string }, by: Actor): Promise<Mentioned> =>
  mentionEachIn(tx, { notes: [note], text }, by)

/** The same for one text that is a note of several tickets. */
export async function mentionEachIn(
  tx: Tx,
  { notes, text }: { notes: readonly Note[]; text: string },
  by: Actor,
): Promise<Mentioned> {
  if (!text.includes('@')) return { facts: [], problems: [] }
  const { people, problems } = namedIn(text, await staffIn(tx))
  const { workspaceId, now: createdAt } = tx
  const others = people.filter(({ id }) => id !== by.id)
  const mentions = notes.flatMap((note) =>
    others.map(({ id: staffId }) => ({ workspaceId, id: newId(tx.now), ...note, staffId, createdAt })),
  )
  if (mentions.length > 0) await tx.mention.createMany({ data: mentions })
  const facts = mentions.map(({ id, ticketId, messageId, staffId }) =>
    ticketMentioned({ ticketId, messageId, mentionId: id, staffId, by }),
  )
  return { facts, problems }
}

async function staffIn(tx: Tx): Promise<Named[]> {
  const rows = await tx.staff.findMany({
    where: { workspaceId: tx.workspaceId },
    select: { id: true, name: true, email: true, state: true },
  })
  return rows.map(({ state, ...person }) => ({ ...person, left: state === 'deactivated' }))
}
