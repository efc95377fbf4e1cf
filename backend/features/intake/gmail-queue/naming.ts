import { type GmailMailbox, GmailRefused } from '../../../clients/gmail/index.ts'
import type { Ctx } from '../../../context.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import type { Kind } from './wanting.ts'

const NAMES: Record<Exclude<Kind, 'ticket'>, string> = {
  mine: 'Desk/Mine',
  unassigned: 'Desk/Unassigned',
  breaching: 'Desk/Breaching',
}

/** Gmail has room for 10,000 labels; so many of them may be numbers of tickets, and the rest is their owner's. */
const MOST_NUMBERS = 5_000

export type Place = { workspaceId: string; mailboxId: string }
export type LabelOf = { kind: Kind; ticket: { id: string; number: string } }

type Row = { id: string; name: string; labelId: string | null }

/**
 * The label of a kind or of a ticket in one account, made when it is not there. What is written down first is that we make it, so that
 * a process that dies between making and noting finds its own label again, and so that one of that name which somebody else made is
 * never taken for ours: then ours gets another name.
 * @returns null when there is no room for more numbers
 */
export async function labelFor(ctx: Ctx, place: Place, gmail: GmailMailbox, of: LabelOf): Promise<string | null> {
  const known = await find(ctx, place, of)
  if (known?.labelId) return known.labelId
  if (!known && of.kind === 'ticket' && (await numbersIn(ctx, place)) >= MOST_NUMBERS) return null
  const row = known ?? (await intend(ctx, place, of, await gmail.labels()))
  const labelId = await make(gmail, row.name, { hidden: of.kind === 'ticket', ours: known !== null })
  await inWorkspace(ctx, place.workspaceId, (tx) =>
    tx.gmailQueueLabel.update({
      where: { workspaceId_id: { workspaceId: place.workspaceId, id: row.id } },
      data: { labelId },
    }),
  )
  return labelId
}

const find = (ctx: Ctx, { workspaceId, mailboxId }: Place, { kind, ticket }: LabelOf): Promise<Row | null> =>
  inWorkspace(
    ctx,
    workspaceId,
    (tx) =>
      tx.gmailQueueLabel.findFirst({
        where: { workspaceId, mailboxId, kind, ticketId: kind === 'ticket' ? ticket.id : null },
        select: { id: true, name: true, labelId: true },
      }),
    { reads: true },
  )

const numbersIn = (ctx: Ctx, { workspaceId, mailboxId }: Place): Promise<number> =>
  inWorkspace(
    ctx,
    workspaceId,
    (tx) => tx.gmailQueueLabel.count({ where: { workspaceId, mailboxId, kind: 'ticket' } }),
    {
      reads: true,
    },
  )

async function intend(
  ctx: Ctx,
  { workspaceId, mailboxId }: Place,
  { kind, ticket }: LabelOf,
  there: readonly { name: string }[],
): Promise<Row> {
  const taken = new Set(there.map(({ name }) => name.toLowerCase()))
  const base = kind === 'ticket' ? `Desk/${ticket.number}` : NAMES[kind]
  const names = [base, ...Array.from({ length: 20 }, (_, n) => `${base} (Sidedesk${n === 0 ? '' : ` ${n + 1}`})`)]
  const name = names.find((candidate) => !taken.has(candidate.toLowerCase())) ?? `${base} ${newId()}`
  return inWorkspace(ctx, workspaceId, async (tx) => {
    const data = {
      workspaceId,
      id: newId(tx.now),
      mailboxId,
      kind,
      ticketId: kind === 'ticket' ? ticket.id : null,
      name,
    }
    return tx.gmailQueueLabel.create({ data, select: { id: true, name: true, labelId: true } })
  })
}

/** @param ours it was begun before: one that is there under this name is what came of it */
async function make(
  gmail: GmailMailbox,
  name: string,
  { hidden, ours }: { hidden: boolean; ours: boolean },
): Promise<string> {
  try {
    return (await gmail.createLabel(name, hidden)).id
  } catch (error) {
    if (!ours || !(error instanceof GmailRefused) || error.httpStatus !== 409) throw error
    const found = (await gmail.labels()).find((label) => label.name.toLowerCase() === name.toLowerCase())
    if (!found) throw error
    return found.id
  }
}

/** Forgets labels of ours that somebody deleted in Gmail; they are made anew when they are needed. @returns whether there were any */
export async function forgetDeleted(
  ctx: Ctx,
  { workspaceId, mailboxId }: Place,
  gmail: GmailMailbox,
): Promise<boolean> {
  const there = (await gmail.labels()).map(({ id }) => id)
  return inWorkspace(ctx, workspaceId, async (tx) => {
    const { count } = await tx.gmailQueueLabel.deleteMany({
      where: { workspaceId, mailboxId, labelId: { not: null, notIn: there } },
    })
    return count > 0
  })
}
