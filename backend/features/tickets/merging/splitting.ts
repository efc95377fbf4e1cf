import { LIMITS } from '../../../../shared/limits.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { maskCodes } from '../../gift-cards/index.ts'
import { ticketCreated, ticketMoved } from '../events.ts'
import { takeFromLeavers } from '../leavers.ts'
import { changeTicket, type LockedTicket, lockTicket } from '../locking.ts'
import type { Envelope } from '../messages.ts'
import { nextNumber } from '../numbers.ts'
import { ticketSplit, ticketSplitOff } from './events.ts'
import { answersTo } from './following-answers.ts'
import { lastWordOn, mailsOf, moveMessages, recount } from './moving-messages.ts'
import { keepRegrouping } from './regroupings.ts'
import { standingBy } from './standing.ts'

export type SplitWish = { messageId: string; subject?: string | undefined }

/** Makes a ticket of one mail and of all that answers it. @returns the new ticket and the split */
export const split = (
  ctx: Ctx,
  sourceId: string,
  wish: SplitWish,
  by: Actor,
): Promise<{ ticketId: string; splitId: string }> =>
  inWorkspace(ctx, by.workspaceId, (tx) => splitIn(ctx, tx, { sourceId, ...wish }, by))

/** The same inside a transaction. */
export async function splitIn(
  ctx: Ctx,
  tx: Tx,
  { sourceId, ...wish }: SplitWish & { sourceId: string },
  by: Actor,
): Promise<{ ticketId: string; splitId: string }> {
  const source = await lockTicket(tx, sourceId)
  if (source.voidReason) throw new DeskError('move_not_allowed', 'This ticket is void. Bring it back first.')
  const first = await chosenMail(ctx, tx, sourceId, wish.messageId)
  const { going, own } = await partedBy(tx, sourceId, wish.messageId)
  const ticketId = await openPart(tx, source, { ...first, subject: wish.subject || first.subject })
  const moved = await moveMessages(tx, { fromId: sourceId, toId: ticketId, how: 'split' }, going)
  await recount(tx, [sourceId, ticketId])
  const part = standingBy(await lastWordOn(tx, ticketId), { status: 'new', queueAt: first.sentAt })
  const left = standingBy(await lastWordOn(tx, sourceId), source)
  await changeTicket(tx, ticketId, part)
  await changeTicket(tx, sourceId, left)
  const splitId = newId(tx.now)
  const stood = { before: { status: source.status, queueAt: source.queueAt }, after: left, own }
  await keepRegrouping(tx, {
    id: splitId,
    kind: 'split',
    fromId: sourceId,
    toId: ticketId,
    byId: by.id,
    moved,
    stood,
  })
  const about = { regroupingId: splitId, messages: moved.length, by }
  const { customerId, mailboxId } = first
  await record(tx, [
    ticketCreated({ ticketId, customerId, mailboxId, followsId: null, by, occurredAt: first.sentAt }),
    ticketSplitOff({ ticketId, otherId: sourceId, ...about }),
    ...(left.status === source.status
      ? []
      : [ticketMoved({ ticketId: sourceId, from: source.status, to: left.status, by })]),
    ticketSplit({ ticketId: sourceId, otherId: ticketId, ...about }),
  ])
  await takeFromLeavers(tx, [ticketId])
  return { ticketId, splitId }
}

/** What the new ticket takes from its first mail: whose it is, what it is about, and where it is answered from. */
type First = { subject: string; customerId: string; mailboxId: string | null; channel: string; sentAt: Date }

async function chosenMail(ctx: Ctx, tx: Tx, ticketId: string, messageId: string): Promise<First> {
  const message = await tx.message.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: messageId } },
    include: { ticket: { select: { customerId: true, mailboxId: true, channel: true } } },
  })
  if (message?.ticketId !== ticketId)
    throw new DeskError('not_found', 'This message is not on the ticket any more. Open the ticket again.')
  if (message.direction === 'note')
    throw new DeskError('invalid_request', 'A note stays with its ticket. Choose a mail to split out.')
  const box = await ctx.keyring.box(tx)
  const { subject }: Envelope = JSON.parse(box.openText('message.envelope', messageId, message.envelope))
  const ofCustomer = message.authorKind === 'customer' && message.authorId !== null
  const { ticket, sentAt } = message
  return { ...ticket, subject, sentAt, customerId: (ofCustomer && message.authorId) || ticket.customerId }
}

/** Why this mail cannot be split out; null when it can. */
export async function whyNotSplit(tx: Tx, ticketId: string, messageId: string): Promise<string | null> {
  const mails = await mailsOf(tx, ticketId)
  if (!mails.some(({ id }) => id === messageId)) return 'This mail is not on the ticket any more. Choose another one.'
  const root = new Set([messageId])
  return 1 + answersTo(root, mails).length === mails.length ? NOTHING_STAYS : null
}

const NOTHING_STAYS = 'This mail and what answers it are the whole ticket; nothing would stay. Choose a later mail.'

/** Which mails go, and which stay. @throws DeskError when none would stay */
async function partedBy(tx: Tx, ticketId: string, messageId: string): Promise<{ going: string[]; own: string[] }> {
  const mails = await mailsOf(tx, ticketId)
  const root = new Set([messageId])
  const going = [messageId, ...answersTo(root, mails)]
  const own = mails.flatMap(({ id }) => (going.includes(id) ? [] : id))
  if (own.length === 0) throw new DeskError('invalid_request', NOTHING_STAYS)
  return { going, own }
}

/** Whoever works on the ticket goes on with both parts. */
async function openPart(tx: Tx, source: LockedTicket, { subject, sentAt, ...first }: First): Promise<string> {
  const id = newId(tx.now)
  const { priority, category, language, tags, assigneeId } = source
  await tx.ticket.create({
    data: {
      workspaceId: tx.workspaceId,
      id,
      number: (await nextNumber(tx)).number,
      subject: maskCodes(subject.trim() || source.subject).slice(0, LIMITS.subject),
      ...first,
      priority,
      category,
      language,
      tags,
      assigneeId,
      status: 'new',
      queueAt: sentAt,
      createdAt: sentAt,
      lastMessageAt: sentAt,
    },
    select: { id: true },
  })
  return id
}
