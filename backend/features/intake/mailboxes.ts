import type { GmailMailbox, MailboxAccess } from '../../clients/gmail/index.ts'
import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Box } from '../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { onlyOurs, sharedAddresses } from './inboxes/query.ts'
import type { Lane } from './pacing/bucket.ts'
import { paceOf } from './pacing/pacing.ts'

/** A mailbox with everything that reading it needs, outside any transaction. */
export type OpenMailbox = {
  workspaceId: string
  id: string
  state: 'connected' | 'needs_access' | 'paused' | 'ended'
  cursor: string | null
  resyncPage: string | null
  syncedAt: Date | null
  createdAt: Date
  /** Of somebody's own inbox only mail of the desk is kept. */
  kind: 'archive' | 'agent'
  /** The go-live that an admin chose: what Google took before it is history. */
  liveFrom: Date | null
  /** For mail that comes. */
  gmail: GmailMailbox
  /** For mail that came, and for counting: it waits while there is new mail. */
  history: GmailMailbox
  box: Box
}

const AAD = 'mailbox.secret'

export const sealSecret = (box: Box, mailboxId: string, secret: string) => box.seal(AAD, mailboxId, secret)

export const openSecret = (box: Box, mailboxId: string, sealed: Uint8Array): string =>
  box.openText(AAD, mailboxId, sealed)

/** @param lane what its calls are for, which says how much of the account's quota they may use; @throws DeskError not_found */
export const readMailbox = (
  ctx: Ctx,
  workspaceId: string,
  mailboxId: string,
  lane: Lane = 'live',
): Promise<OpenMailbox> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const row = await tx.mailbox.findUnique({ where: { workspaceId_id: { workspaceId, id: mailboxId } } })
      if (!row) throw new DeskError('not_found', 'There is no such mailbox in this workspace.')
      const box = await ctx.keyring.box(tx)
      const access: MailboxAccess = {
        mailboxId,
        address: row.archiveAddress,
        access: row.access as MailboxAccess['access'],
        secret: row.secret ? openSecret(box, mailboxId, row.secret) : '',
      }
      const { id, cursor, resyncPage, syncedAt, createdAt, liveFrom } = row
      const state = row.state as OpenMailbox['state']
      const kind = row.kind as OpenMailbox['kind']
      const shared = kind === 'agent' ? await sharedAddresses(tx) : null
      const inLane = (lane: Lane) => {
        const gmail = ctx.gmail.mailbox(access, paceOf(ctx, { workspaceId, mailboxId }, lane))
        return shared === null ? gmail : onlyOurs(gmail, shared)
      }
      return {
        workspaceId,
        id,
        kind,
        state,
        cursor,
        resyncPage,
        syncedAt,
        createdAt,
        liveFrom,
        gmail: inLane(lane),
        history: inLane('history'),
        box,
      }
    },
    { reads: true },
  )

/** The Gmail account behind a mailbox, for features that send from it or write labels. @throws DeskError not_found */
export const openMailbox = async (
  ctx: Ctx,
  workspaceId: string,
  mailboxId: string,
  lane: Lane = 'person',
): Promise<GmailMailbox> => (await readMailbox(ctx, workspaceId, mailboxId, lane)).gmail

/**
 * Holds the mailbox's row until the transaction ends, so that two readers never write the same page. Who writes a row that belongs to the
 * mailbox, such as what it has left of its quota or a ticket, does not wait for it.
 */
export async function lockMailbox(tx: Tx, mailboxId: string): Promise<{ cursor: string | null; state: string } | null> {
  const [row] = await tx.$queryRaw<{ cursor: string | null; state: string }[]>`
    select cursor, state from desk.mailbox where workspace_id = ${tx.workspaceId}::uuid and id = ${mailboxId}::uuid for no key update`
  return row ?? null
}
