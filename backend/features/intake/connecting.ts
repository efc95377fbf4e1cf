import type { Ctx } from '../../context.ts'
import { type Actor, systemOf } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { emailKey } from '../settings/index.ts'
import { mailboxConnected } from './events.ts'
import { sealSecret } from './mailboxes.ts'
import { writePlace } from './positions.ts'
import { enqueueSync } from './queueing.ts'

export type Connection = {
  /** The shared address that customers write to. */
  address: string
  /** The account that we read. */
  archiveAddress: string
  access: 'refresh_token' | 'service_account'
  /** A refresh token of the archive account, or a service account's JSON key. */
  secret: string
  /** Days of earlier mail to bring in as history; the configured number unless given. */
  historyDays?: number
  /** Whose own inbox it is; without it, it is an archive. */
  ownerId?: string
}

/**
 * Connects a mailbox, or renews the access to one that is connected. The access is proved by reading the account's profile first.
 * @throws GmailAccessLost, DeskError invalid_request when the access is for another account, or the account belongs to another workspace
 */
export async function connectMailbox(
  ctx: Ctx,
  workspaceId: string,
  wanted: Connection,
  by: Pick<Actor, 'kind' | 'id'> = systemOf(workspaceId),
): Promise<{ mailboxId: string }> {
  const archiveAddress = emailKey(wanted.archiveAddress)
  const known = await inWorkspace(ctx, workspaceId, (tx) => mailboxOf(tx, archiveAddress), { reads: true })
  const { ownerId = null } = wanted
  if (known && known.staffId !== ownerId)
    throw new DeskError(
      'invalid_request',
      known.staffId === null
        ? `${archiveAddress} is an archive already. It cannot be somebody's own inbox as well.`
        : `${archiveAddress} is read as somebody's own inbox. It cannot be an archive as well.`,
    )
  const mailboxId = known?.id ?? newId(ctx.clock.now())
  const profile = await ctx.gmail
    .mailbox({ mailboxId, address: archiveAddress, access: wanted.access, secret: wanted.secret })
    .profile()
  if (emailKey(profile.emailAddress) !== archiveAddress)
    throw new DeskError('invalid_request', `This access is for ${profile.emailAddress}, not for ${archiveAddress}.`)
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const secret = sealSecret(await ctx.keyring.box(tx), mailboxId, wanted.secret)
    const renewed = {
      address: emailKey(wanted.address),
      access: wanted.access,
      secret,
      state: 'connected',
      problem: null,
      lostAt: null,
      ...(known?.state === 'ended' && { cursor: profile.historyId }), // what came meanwhile is not ours to read
    }
    if (known) await tx.mailbox.update({ where: { workspaceId_id: { workspaceId, id: mailboxId } }, data: renewed })
    else {
      await addToDirectory(tx, archiveAddress, mailboxId)
      const owner = { kind: ownerId === null ? 'archive' : 'agent', staffId: ownerId }
      const history = {
        cursor: profile.historyId,
        resyncPage: firstPage(tx, wanted.historyDays ?? ctx.config.intake.firstSyncDays),
      }
      await tx.mailbox.create({
        data: { workspaceId, id: mailboxId, archiveAddress, createdAt: tx.now, ...owner, ...renewed, ...history },
      })
    }
    await record(tx, [mailboxConnected({ mailboxId, by })])
    await enqueueSync(tx, { mailboxId })
  })
  return { mailboxId }
}

const mailboxOf = (tx: Tx, archiveAddress: string) =>
  tx.mailbox.findUnique({
    where: { workspaceId_archiveAddress: { workspaceId: tx.workspaceId, archiveAddress } },
    select: { id: true, state: true, staffId: true },
  })

/** Pushes name the account only, so its address leads to the workspace. */
async function addToDirectory(tx: Tx, archiveAddress: string, mailboxId: string): Promise<void> {
  const [taken] = await tx.$queryRaw<
    { id: string | null }[]
  >`select workspace_id::text as id from app.mailbox_of_address(${archiveAddress})`
  if (taken?.id) throw new DeskError('invalid_request', `${archiveAddress} is read for another workspace here.`)
  await tx.$executeRaw`select app.add_mailbox(${archiveAddress}, ${mailboxId}::uuid)`
}

const firstPage = (tx: Tx, days: number): string | null =>
  days === 0 ? null : writePlace({ since: Math.floor(tx.now.getTime() / 1_000) - days * 86_400, pageToken: undefined })
