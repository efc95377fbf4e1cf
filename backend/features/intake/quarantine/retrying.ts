import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { type Actor, systemOf } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { lockTicket, makeVoidIn } from '../../tickets/index.ts'
import { enqueueProcessing } from '../queueing.ts'
import { quarantineLeft, quarantineRetried } from './events.ts'
import { releaseHere } from './release.ts'

/** Said in the place of the reason of a mail that waits once more. */
export const RETRIED = 'retried'

const AT_A_TIME = 100

/** Takes up again what another version of the desk could not file: once for each version, after a pause that doubles. */
export const retryQuarantined = job('intake:retry-quarantined', z.object({}), async (ctx: Ctx, workspaceId) => {
  const release = await releaseHere()
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const due = await tx.$queryRaw<{ id: string }[]>(dueSql(workspaceId, release, tx.now))
    await putBack(
      tx,
      due.map(({ id }) => id),
      systemOf(workspaceId),
    )
  })
})

/** Exported so that a test can ask PostgreSQL for its plan. */
export const dueSql = (workspaceId: string, release: string, now: Date): Prisma.Sql => Prisma.sql`
  select id::text from desk.quarantined_mail
  where workspace_id = ${workspaceId}::uuid and state = 'held' and next_at <= ${now} and release <> ${release}
  order by next_at limit ${AT_A_TIME}`

/** Somebody wants it tried now. Pressed twice it is tried once. @throws DeskError not_found, already_done */
export const retryOne = (ctx: Ctx, id: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const row = await tx.quarantinedMail.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
    if (!row) throw new DeskError('not_found', 'This mail is not in quarantine.')
    if (row.state === 'trying') return
    if (row.state !== 'held') throw new DeskError('already_done', 'This mail is a ticket by now.')
    await putBack(tx, [id], by)
  })

/** Somebody mended what kept mails out, a disk or a setting, and wants all of them tried now. @returns how many; of very many the rest stays held */
export const retryAll = (ctx: Ctx, by: Actor): Promise<number> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const held = await tx.$queryRaw<{ id: string }[]>(heldSql(tx.workspaceId))
    await putBack(
      tx,
      held.map(({ id }) => id),
      by,
    )
    return held.length
  })

/** The newest first, as they are listed. Exported so that a test can ask PostgreSQL for its plan. */
export const heldSql = (workspaceId: string): Prisma.Sql => Prisma.sql`
  select id::text from desk.quarantined_mail where workspace_id = ${workspaceId}::uuid and state = 'held'
  order by at desc, id desc limit ${AT_A_TIME}`

/** Back on the work list, bytes and all. */
async function putBack(tx: Tx, ids: readonly string[], by: Actor): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.$queryRaw<{ id: string; mailboxId: string }[]>`
    with trying as (
      update desk.quarantined_mail set state = 'trying'
      where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...ids]}::uuid[]) and state = 'held' returning id, mailbox_id, gmail_id),
    put as (
      update desk.mailbox_mail m set state = 'received', outcome = null, reason = ${RETRIED}, ended_at = null, attempts = 0
      from trying q where m.workspace_id = ${tx.workspaceId}::uuid and m.mailbox_id = q.mailbox_id and m.gmail_id = q.gmail_id and m.outcome = 'quarantined')
    select id::text, mailbox_id::text as "mailboxId" from trying`
  for (const mailboxId of new Set(rows.map((row) => row.mailboxId))) await enqueueProcessing(tx, mailboxId)
  await record(
    tx,
    rows.map(({ id: quarantinedId, mailboxId }) => quarantineRetried({ mailboxId, quarantinedId, by })),
  )
}

/**
 * What was taken up again and is filed now leaves the quarantine. Its ticket that said that it cannot be read goes, unless somebody worked
 * on it or the mail itself joined it.
 */
export async function settleRetried(tx: Tx, mailboxId: string, gmailIds: readonly string[]): Promise<void> {
  if (gmailIds.length === 0) return
  const { workspaceId } = tx
  const left = await tx.$queryRaw<{ id: string; ticketId: string; kept: boolean }[]>`
    with left_it as (
      update desk.quarantined_mail set state = 'filed'
      where workspace_id = ${workspaceId}::uuid and mailbox_id = ${mailboxId}::uuid and gmail_id = any(${[...gmailIds]}::text[]) and state = 'trying'
      returning id, ticket_id, gmail_id)
    select q.id::text, q.ticket_id::text as "ticketId", coalesce(g.ticket_id = q.ticket_id, false) as kept from left_it q
    join desk.mailbox_mail m on m.workspace_id = ${workspaceId}::uuid and m.mailbox_id = ${mailboxId}::uuid and m.gmail_id = q.gmail_id
    left join desk.message g on g.workspace_id = m.workspace_id and g.id = m.message_id`
  const by = systemOf(workspaceId)
  await record(
    tx,
    left.map(({ id: quarantinedId }) => quarantineLeft({ mailboxId, quarantinedId, by })),
  )
  for (const { ticketId, kept } of left) if (!kept) await endStandIn(tx, ticketId, by)
}

/** The ticket that stood for a mail nobody could read. */
export async function endStandIn(tx: Tx, ticketId: string, by: Actor): Promise<void> {
  const { status, voidReason } = await lockTicket(tx, ticketId)
  if (status === 'new' && voidReason === null) await makeVoidIn(tx, ticketId, { reason: 'duplicate' }, by)
}
