import type { Ctx } from '../../../context.ts'
import type { Change, Labelled, Move } from '../changes.ts'
import { followRelabelled } from '../mail-rules/relabelling.ts'
import type { OpenMailbox } from '../mailboxes.ts'
import { followMoves } from '../moving/following.ts'
import { revive } from '../storing.ts'
import { type Asked, askLabels } from './asking.ts'
import { isMoved, isRescued, isUndecided, placeOf, type Stored } from './differing.ts'

type Found = Asked<Stored>

/** Asks Gmail for the labels that mails have now, and follows them as if the change feed had told. @throws when not all could be asked for */
export async function bringUpToDate(ctx: Ctx, mailbox: OpenMailbox, mails: readonly Stored[]): Promise<void> {
  const { found, rest } = await askLabels(mailbox, mails)
  const moved = found.flatMap(moveOf)
  const revived = found.flatMap(revivalOf)
  if (revived.length > 0) await revive(ctx, mailbox, revived)
  // What people tidy up in their own inbox is their own business.
  if (moved.length > 0 && mailbox.kind === 'archive') await followMoves(ctx, mailbox, moved)
  await followRelabelled(ctx, mailbox, found.flatMap(relabellingOf))
  if (rest !== null) throw rest.error
}

/** What Gmail shows no more was deleted for good. */
function moveOf({ mail, labels }: Found): Move[] {
  const to = labels === null ? 'deleted' : placeOf(labels)
  return isMoved(mail, to) ? [{ gmailId: mail.gmailId, to }] : []
}

const revivalOf = ({ mail, labels }: Found): Change[] =>
  labels !== null && isRescued(mail, labels) ? [{ gmailId: mail.gmailId, threadId: mail.threadId, labels }] : []

function relabellingOf({ mail, labels }: Found): Labelled[] {
  if (labels === null || !isUndecided(mail)) return []
  const added = labels.filter((label) => !mail.labels.includes(label))
  return [{ gmailId: mail.gmailId, added, removed: mail.labels.filter((label) => !labels.includes(label)) }]
}
