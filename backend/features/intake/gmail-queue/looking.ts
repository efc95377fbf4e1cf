import { GmailAccessLost, GmailPaced, GmailTooFast } from '../../../clients/gmail/index.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { enqueueAll } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { assignIn, lockTicket } from '../../tickets/index.ts'
import type { Labelled } from '../changes.ts'
import { type OpenMailbox, openMailbox } from '../mailboxes.ts'
import { LOOK, noteDue, queueOf } from './due.ts'
import { labelMoved } from './events.ts'
import type { Place } from './naming.ts'
import { meaningOf, sameKinds } from './wanting.ts'

const AT_ONCE = 50

/**
 * Follows what the change feed says of labels of ours: changes that are our own writing are passed over, all others are looked at. Others'
 * labels are nobody's business here.
 */
export const followLabels = (ctx: Ctx, mailbox: OpenMailbox, labelled: readonly Labelled[]): Promise<void> =>
  inWorkspace(ctx, mailbox.workspaceId, async (tx) => {
    const ours = await labelKinds(tx, mailbox.id)
    const touched = labelled.filter(({ added, removed }) => [...added, ...removed].some((label) => ours.has(label)))
    if (touched.length === 0) return
    const rows = await writtenOn(tx, mailbox.id, [...new Set(touched.map(({ gmailId }) => gmailId))])
    const moved = rows.filter((row) => !isOurs(row, endOf(row, touched, ours))).map(({ gmailId }) => gmailId)
    await enqueueLooks(tx, mailbox.id, moved)
  })

/** Nobody told what happened while the feed had a hole: then every mail with labels of ours is looked at. */
export async function lookAtLabelled(tx: Tx, mailboxId: string): Promise<void> {
  const rows = await tx.$queryRaw<{ gmailId: string }[]>`
    select gmail_id as "gmailId" from desk.gmail_queue_mail
    where workspace_id = ${tx.workspaceId}::uuid and mailbox_id = ${mailboxId}::uuid and cardinality(kinds) > 0 order by gmail_id`
  await enqueueLooks(
    tx,
    mailboxId,
    rows.map(({ gmailId }) => gmailId),
  )
}

const enqueueLooks = (tx: Tx, mailboxId: string, gmailIds: readonly string[]): Promise<void> =>
  enqueueAll(
    tx,
    Array.from({ length: Math.ceil(gmailIds.length / AT_ONCE) }, (_, piece) => ({
      job: LOOK.name,
      payload: { mailboxId, gmailIds: gmailIds.slice(piece * AT_ONCE, (piece + 1) * AT_ONCE) },
      queue: queueOf(tx),
      maxAttempts: LOOK.maxAttempts,
    })),
  )

/** What a mail would carry if nothing but these changes had happened since our last writing. */
function endOf(
  { gmailId, kinds }: Written,
  labelled: readonly Labelled[],
  ours: ReadonlyMap<string, OfLabel>,
): string[] {
  const found = new Set(kinds)
  for (const change of labelled) {
    if (change.gmailId !== gmailId) continue
    for (const label of change.added) add(found, ours.get(label))
    for (const label of change.removed) found.delete(ours.get(label)?.kind ?? '')
  }
  return [...found]
}

const add = (found: Set<string>, label: OfLabel | undefined) => label && found.add(label.kind)

const isOurs = ({ kinds, nextKinds, isWriting }: Written, found: readonly string[]): boolean =>
  sameKinds(kinds, found) || (isWriting && sameKinds(nextKinds, found))

type OfLabel = { kind: string; ticketId: string | null }

async function labelKinds(tx: Tx, mailboxId: string): Promise<ReadonlyMap<string, OfLabel>> {
  const where = { workspaceId: tx.workspaceId, mailboxId, labelId: { not: null } }
  const rows = await tx.gmailQueueLabel.findMany({ where, select: { labelId: true, kind: true, ticketId: true } })
  return new Map(rows.map(({ labelId, kind, ticketId }) => [labelId ?? '', { kind, ticketId }]))
}

type Written = {
  gmailId: string
  ticketId: string
  kinds: string[]
  nextKinds: string[]
  isWriting: boolean
  ownerId: string | null
}

const writtenOn = (tx: Tx, mailboxId: string, gmailIds: string[]): Promise<Written[]> =>
  tx.gmailQueueMail.findMany({
    where: { workspaceId: tx.workspaceId, mailboxId, gmailId: { in: gmailIds } },
    select: { gmailId: true, ticketId: true, kinds: true, nextKinds: true, isWriting: true, ownerId: true },
  })

/**
 * Looks at mails whose labels somebody moved, as they are in Gmail now: that, and not the order of the feed, says what they want.
 * @returns seconds after which the rest is to be looked at; null when all was
 */
export async function lookAt(
  ctx: Ctx,
  place: Place,
  gmailIds: readonly string[],
): Promise<{ rest: string[]; seconds: number } | null> {
  const gmail = await openMailbox(ctx, place.workspaceId, place.mailboxId, 'labels')
  for (const [at, gmailId] of gmailIds.entries()) {
    try {
      const mail = await gmail.header(gmailId)
      if (mail) await takeMove(ctx, place, gmailId, mail.labelIds)
    } catch (error) {
      if (error instanceof GmailAccessLost) return null // what stands there now is looked at when it changes again
      if (error instanceof GmailPaced || error instanceof GmailTooFast)
        return { rest: gmailIds.slice(at), seconds: error.retryAfter ?? 1 }
      throw error
    }
  }
  return null
}

const takeMove = (
  ctx: Ctx,
  { workspaceId, mailboxId }: Place,
  gmailId: string,
  labelIds: readonly string[],
): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const [row] = await writtenOn(tx, mailboxId, [gmailId])
    if (!row) return
    const ours = await labelKinds(tx, mailboxId)
    const found = labelIds.flatMap((id) => {
      const label = ours.get(id)
      return label && (label.ticketId === null || label.ticketId === row.ticketId) ? [label.kind] : []
    })
    if (isOurs(row, found)) return
    const meaning = meaningOf(row.kinds, found)
    const owner = await ownerOfInbox(tx, mailboxId)
    if (meaning !== null && owner !== null) {
      const outcome = await obey(tx, row, meaning, owner)
      await record(tx, [labelMoved({ ticketId: row.ticketId, mailboxId, meaning, outcome, by: owner })])
    }
    const where = { workspaceId_mailboxId_gmailId: { workspaceId, mailboxId, gmailId } }
    await tx.gmailQueueMail.update({ where, data: { kinds: found, nextKinds: [], isWriting: false } })
    await noteDue(tx, [row.ticketId]) // whatever came of it, the truth is written back
  })

async function ownerOfInbox(tx: Tx, mailboxId: string): Promise<StaffActor | null> {
  const [row] = await tx.$queryRaw<{ id: string; name: string; role: StaffActor['role'] }[]>`
    select s.id::text, s.name, s.role from desk.mailbox b join desk.staff s on s.workspace_id = b.workspace_id and s.id = b.staff_id
    where b.workspace_id = ${tx.workspaceId}::uuid and b.id = ${mailboxId}::uuid and s.state <> 'deactivated'`
  return row ? { kind: 'staff', workspaceId: tx.workspaceId, ...row } : null
}

/** The same rules as in the panel: one owner, and only who works on tickets. Who moved a label of an older state comes too late. */
async function obey(
  tx: Tx,
  row: Written,
  meaning: 'take' | 'give_back',
  owner: StaffActor,
): Promise<'done' | 'late' | 'refused'> {
  const ticket = await lockTicket(tx, row.ticketId)
  const isOpen = ['new', 'open', 'pending', 'on_hold'].includes(ticket.status) && ticket.voidReason === null
  if (!isOpen) return 'refused'
  if (ticket.assigneeId !== row.ownerId) return 'late'
  try {
    await assignIn(tx, row.ticketId, { assigneeId: meaning === 'take' ? owner.id : null }, owner)
    return 'done'
  } catch (error) {
    if (error instanceof DeskError && error.code === 'invalid_request') return 'refused' // said before anything was written
    throw error
  }
}
