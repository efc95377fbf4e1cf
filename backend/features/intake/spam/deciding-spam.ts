import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { plan } from '../../../platform/journal.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { withholdInShadow } from '../../settings/index.ts'
import { WANTED } from '../ignoring/filing-after-all.ts'
import { enqueueProcessing } from '../queueing.ts'
import { spamConfirmed, spamReleased } from './events.ts'
import { UNSPAM, unspam } from './unspamming.ts'

type Row = { id: string; mailboxId: string; gmailId: string; state: 'suspected' | 'ticket' | 'spam' }

/** Makes a ticket of a suspected mail and takes it out of Gmail's spam. Pressed twice, or by two people, it is done once. */
export const releaseSpam = (ctx: Ctx, suspectedId: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const row = await lock(tx, suspectedId)
    if (row.state === 'ticket') return
    const { mailboxId, gmailId } = row
    const { workspaceId } = tx
    const put = await tx.$executeRaw`
      update desk.mailbox_mail m set state = 'received', outcome = null, reason = ${WANTED}, ended_at = null, attempts = 0
      from desk.raw_mail r
      where m.workspace_id = ${workspaceId}::uuid and m.mailbox_id = ${mailboxId}::uuid and m.gmail_id = ${gmailId} and m.state = 'ended'
        and m.outcome = 'suspected_spam' and r.workspace_id = m.workspace_id and r.stored_at = m.raw_at and r.id = m.raw_id`
    if (put === 0) throw new DeskError('not_found', 'The bytes of this mail are not kept any more. Find it in Gmail.')
    await enqueueProcessing(tx, mailboxId)
    await decided(tx, suspectedId, 'ticket', by, await planUnspam(ctx, tx, row, by))
    await record(tx, [spamReleased({ mailboxId, suspectedId, by })])
  })

/** @returns the journal's entry; null where shadow mode keeps the label as it is */
async function planUnspam(
  ctx: Ctx,
  tx: Tx,
  { id: suspectedId, mailboxId, gmailId }: Row,
  by: Actor,
): Promise<string | null> {
  if (await withholdInShadow(tx, UNSPAM, { mailboxId })) return null
  const id = newId(tx.now)
  const request = { mailboxId, gmailId, suspectedId }
  await plan(tx, await ctx.keyring.box(tx), { kind: UNSPAM }, { id, ticketId: null, by, request })
  await enqueue(tx, unspam, { entryId: id }, { key: `unspam:${suspectedId}` })
  return id
}

/** It is spam: off the list, and left where it is in Gmail. */
export const confirmSpam = (ctx: Ctx, suspectedId: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { state, mailboxId } = await lock(tx, suspectedId)
    if (state === 'spam') return
    if (state === 'ticket')
      throw new DeskError('already_done', 'Somebody made a ticket of it meanwhile. Mark the ticket as spam instead.')
    await decided(tx, suspectedId, 'spam', by, null)
    await record(tx, [spamConfirmed({ mailboxId, suspectedId, by })])
  })

async function lock(tx: Tx, id: string): Promise<Row> {
  const [row] = await tx.$queryRaw<Row[]>`
    select id::text, mailbox_id::text as "mailboxId", gmail_id as "gmailId", state from desk.suspected_mail
    where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for update`
  if (!row)
    throw new DeskError(
      'not_found',
      'This mail is not among the suspected ones any more: Gmail keeps spam for 30 days.',
    )
  return row
}

async function decided(
  tx: Tx,
  id: string,
  state: 'ticket' | 'spam',
  by: Actor,
  effectId: string | null,
): Promise<void> {
  await tx.suspectedMail.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id } },
    data: { state, decidedAt: tx.now, decidedById: by.id, effectId },
  })
}
