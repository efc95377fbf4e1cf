import type { GmailMailbox } from '../../../clients/gmail/index.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { namedAmong } from '../../tickets/index.ts'
import { type Change, setAside } from '../changes.ts'
import type { OpenMailbox } from '../mailboxes.ts'
import { store } from '../storing.ts'
import { belongingOf, type Own, SIGN_HEADERS, type Signs } from './belonging.ts'
import { sharedAddresses } from './query.ts'

export type Sifted = { wanted: Change[]; unmatched: number }

/**
 * Which mails of somebody's own inbox are the desk's. Each is judged by its headers; of what is not the desk's nothing is written down, not
 * even its id. What is the desk's is noted at once, so that it is not judged twice when its text has to wait.
 * @param changes none of them stored yet
 * @throws GmailPaced and the other failures of Gmail: nothing is known then of the mails that were not reached
 */
export async function sift(
  ctx: Ctx,
  mailbox: OpenMailbox,
  gmail: GmailMailbox,
  changes: readonly Change[],
  listed: boolean,
): Promise<Sifted> {
  const noted = await notedAmong(ctx, mailbox, changes)
  const sifted: Sifted = { wanted: [], unmatched: 0 }
  for (const change of changes) {
    if (noted.has(change.gmailId)) sifted.wanted.push(change)
    else if (setAside(change.labels)?.outcome !== 'ignored') await judge(change)
  }
  return sifted

  /** A draft and a chat are nobody's business; a mail that is gone was none. */
  async function judge(change: Change): Promise<void> {
    const signs = await gmail.signs(change.gmailId, SIGN_HEADERS)
    if (signs === null) return
    if (await isOfTheDesk(ctx, mailbox, change, signs)) {
      await note(ctx, mailbox, change, listed)
      sifted.wanted.push(change)
    } else sifted.unmatched++
  }
}

/** Counts mails of a day that are none of the desk's: all that is kept of them. */
export async function countUnmatched(tx: Tx, mailboxId: string, mails: number): Promise<void> {
  if (mails === 0) return
  await tx.$executeRaw`
    insert into desk.mailbox_unmatched as u (workspace_id, mailbox_id, day, mails)
    values (${tx.workspaceId}::uuid, ${mailboxId}::uuid, (${tx.now}::timestamptz at time zone 'UTC')::date, ${mails}::int)
    on conflict (workspace_id, mailbox_id, day) do update set mails = u.mails + excluded.mails`
}

const notedAmong = (ctx: Ctx, mailbox: OpenMailbox, changes: readonly Change[]): Promise<Set<string>> =>
  inWorkspace(
    ctx,
    mailbox.workspaceId,
    async (tx) => {
      const gmailId = { in: changes.map((change) => change.gmailId) }
      const where = { workspaceId: tx.workspaceId, mailboxId: mailbox.id, gmailId }
      const rows = await tx.mailboxMail.findMany({ where, select: { gmailId: true } })
      return new Set(rows.map((row) => row.gmailId))
    },
    { reads: true },
  )

const isOfTheDesk = (ctx: Ctx, mailbox: OpenMailbox, change: Change, signs: Signs): Promise<boolean> =>
  inWorkspace(
    ctx,
    mailbox.workspaceId,
    async (tx) => {
      const belonging = belongingOf(signs, await ownOf(tx))
      if (belonging.kind !== 'maybe') return belonging.kind === 'desk'
      if ((await namedAmong(tx, belonging.keys)).size > 0) return true
      return change.threadId !== null && isKnownThread(tx, mailbox.id, change.threadId)
    },
    { reads: true },
  )

async function ownOf(tx: Tx): Promise<Own> {
  const shared = await sharedAddresses(tx)
  const domains = await tx.domain.findMany({ where: { workspaceId: tx.workspaceId }, select: { domain: true } })
  return { shared: new Set(shared), domains: new Set(domains.map(({ domain }) => domain)) }
}

/** Gmail put it into a conversation that is a ticket's already. */
async function isKnownThread(tx: Tx, mailboxId: string, threadId: string): Promise<boolean> {
  const where = { workspaceId: tx.workspaceId, mailboxId, threadId, messageId: { not: null } }
  return (await tx.mailboxMail.findFirst({ where, select: { gmailId: true } })) !== null
}

/** On the work list, still without its bytes. */
const note = (ctx: Ctx, mailbox: OpenMailbox, change: Change, listed: boolean): Promise<void> =>
  store(ctx, mailbox, [{ kind: 'failed', change, error: new Error('The bytes come next'), counts: false }], listed)
