import {
  GmailAccessLost,
  type GmailMailbox,
  GmailPaced,
  GmailRefused,
  GmailTooFast,
} from '../../../clients/gmail/index.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { mayAffectOutside, withholdInShadow } from '../../settings/index.ts'
import { openMailbox } from '../mailboxes.ts'
import { wake } from './due.ts'
import { forgetDeleted, labelFor, type Place } from './naming.ts'
import { noteWriting, noteWritten } from './noting.ts'
import { type AccountRow, dueTickets, type MailRow, putOff, settled, type TicketRow, ticketIn } from './reading.ts'
import { removeNumber } from './removing.ts'
import { KINDS, type Kind, sameKinds, wantedOf } from './wanting.ts'

/** A door that is shut opens by somebody's hand, lost access by somebody's press: it is looked at again after so long. */
const SHUT_SECONDS = 15 * 60
const TROUBLE_SECONDS = 60

type Outcome = { kind: 'written' } | { kind: 'later'; seconds: number }

/**
 * Writes what is due, each ticket's last state, until nothing is. Whatever is written twice is the same as once, so a process that dies
 * between Gmail and its note writes again.
 */
export async function writeDue(ctx: Ctx, workspaceId: string): Promise<void> {
  for (;;) {
    const due = await dueTickets(ctx, workspaceId)
    if (due.length === 0) return
    for (const ticket of due) {
      try {
        const outcome = await writeTicket(ctx, workspaceId, ticket.ticketId)
        if (outcome.kind === 'written') await settled(ctx, workspaceId, ticket)
        else await putOff(ctx, workspaceId, ticket, outcome.seconds)
      } catch (error) {
        if (!(error instanceof GmailPaced || error instanceof GmailTooFast)) {
          await putOff(ctx, workspaceId, ticket, TROUBLE_SECONDS) // so that it holds up no other
          throw error
        }
        const seconds = error.retryAfter ?? 1
        await inWorkspace(ctx, workspaceId, (tx) => wake(tx, new Date(tx.now.getTime() + seconds * 1_000)))
        return
      }
    }
  }
}

async function writeTicket(ctx: Ctx, workspaceId: string, ticketId: string): Promise<Outcome> {
  const ticket = await inWorkspace(ctx, workspaceId, (tx) => ticketIn(tx, ticketId), { reads: true })
  if (!ticket) return { kind: 'written' }
  const outcomes: Outcome[] = []
  for (const account of ticket.accounts) outcomes.push(await writeAccount(ctx, workspaceId, ticket, account))
  return outcomes.find(({ kind }) => kind === 'later') ?? { kind: 'written' }
}

/** What is to be done with a mail: its labels are always written whole, its place in the inbox only where we moved it. */
type Change = { gmailId: string; archived: boolean; inbox: 'add' | 'remove' | null; relabelled: boolean }

async function writeAccount(ctx: Ctx, workspaceId: string, ticket: TicketRow, account: AccountRow): Promise<Outcome> {
  const { mailboxId } = account
  const place = { workspaceId, mailboxId }
  const wanted = wantedOf(ticket, account)
  const all = account.mails.map((mail) => changeOf(mail, wanted, ticket))
  const changes = all.filter(({ inbox, relabelled }) => inbox !== null || relabelled)
  const as = { ticketId: ticket.id, kinds: wanted.kinds, ownerId: ticket.assigneeId, late: ticket.late }
  if (changes.length === 0) {
    const stale = account.mails.filter(
      (mail) => mail.kinds !== null && (mail.late !== ticket.late || mail.ownerId !== ticket.assigneeId),
    )
    await noteWritten(
      ctx,
      place,
      stale.map(({ gmailId, archived }) => ({ gmailId, archived: archived ?? false })),
      as,
    )
    return { kind: 'written' }
  }
  if (!(await mayWrite(ctx, place))) return { kind: 'later', seconds: SHUT_SECONDS }
  try {
    const gmail = await openMailbox(ctx, workspaceId, mailboxId, 'labels')
    const labels = await labelsOf(ctx, place, gmail, ticket, wanted.kinds)
    await noteWriting(ctx, place, changes, as)
    await write(gmail, changes, labels)
    await noteWritten(ctx, place, changes, as)
    if (!ticket.open) await removeNumber(ctx, place, gmail, ticket.id)
    return { kind: 'written' }
  } catch (error) {
    if (error instanceof GmailAccessLost) return { kind: 'later', seconds: SHUT_SECONDS } // reading the mailbox tells an admin
    if (!(error instanceof GmailRefused)) throw error
    const gmail = await openMailbox(ctx, workspaceId, mailboxId, 'labels')
    if (!(await forgetDeleted(ctx, place, gmail))) throw error
    return writeAccount(ctx, workspaceId, ticket, account) // somebody deleted a label of ours: it is made anew
  }
}

function changeOf(mail: MailRow, wanted: { kinds: Kind[]; archived: boolean }, { open }: TicketRow): Change {
  const was = mail.archived ?? false
  const archived = wanted.archived && (was || mail.inInbox)
  const isKnown = !mail.isWriting
  const inbox = archived && !(was && isKnown) ? 'remove' : was && !archived && open ? 'add' : null
  return { gmailId: mail.gmailId, archived, inbox, relabelled: !isKnown || !sameKinds(mail.kinds ?? [], wanted.kinds) }
}

/** The door is asked right before the call: a pause or shadow mode may have begun since the ticket changed. */
const mayWrite = (ctx: Ctx, { workspaceId, mailboxId }: Place): Promise<boolean> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (await mayAffectOutside(ctx, tx, { mailboxId })) return true
    await withholdInShadow(tx, 'gmail.labels', { mailboxId })
    return false
  })

type Labels = { add: string[]; remove: string[] }

async function labelsOf(
  ctx: Ctx,
  place: Place,
  gmail: GmailMailbox,
  ticket: TicketRow,
  kinds: readonly Kind[],
): Promise<Labels> {
  const add: string[] = []
  for (const kind of kinds) {
    const id = await labelFor(ctx, place, gmail, { kind, ticket })
    if (id !== null) add.push(id)
  }
  const { workspaceId, mailboxId } = place
  const others = await inWorkspace(
    ctx,
    workspaceId,
    (tx) =>
      tx.gmailQueueLabel.findMany({
        where: {
          workspaceId,
          mailboxId,
          labelId: { not: null },
          kind: { in: KINDS.filter((kind) => !kinds.includes(kind)) },
          OR: [{ ticketId: null }, { ticketId: ticket.id }],
        },
        select: { labelId: true },
      }),
    { reads: true },
  )
  return { add, remove: others.flatMap(({ labelId }) => labelId ?? []) }
}

/** Gmail takes a thousand mails in one call. */
const AT_ONCE = 1_000
/** One call for many costs as much as ten for one each. */
const FEW = 9

async function write(gmail: GmailMailbox, changes: readonly Change[], labels: Labels): Promise<void> {
  for (const inbox of ['add', 'remove', null] as const) {
    const ids = changes.filter((change) => change.inbox === inbox).map(({ gmailId }) => gmailId)
    const add = [...labels.add, ...(inbox === 'add' ? ['INBOX'] : [])]
    const remove = [...labels.remove, ...(inbox === 'remove' ? ['INBOX'] : [])]
    if (add.length + remove.length === 0) continue
    for (let at = 0; at < ids.length; at += AT_ONCE)
      await writeSome(gmail, ids.slice(at, at + AT_ONCE), { add, remove })
  }
}

async function writeSome(gmail: GmailMailbox, ids: string[], labels: Labels): Promise<void> {
  if (ids.length > FEW) {
    await gmail.modifyMany(ids, labels)
    return
  }
  for (const id of ids)
    await gmail.modify(id, labels).catch((error: unknown) => {
      if (!(error instanceof GmailRefused && error.httpStatus === 404)) throw error // a mail that was deleted has no labels
    })
}
