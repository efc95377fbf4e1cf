import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'

/** A mail on the work list, with its bytes still sealed. */
export type WaitingMail = {
  gmailId: string
  seq: bigint
  acceptedAt: Date
  /** When we were told of it. */
  receivedAt: Date
  historical: boolean
  attempts: number
  /** Somebody wants it to be a ticket, whoever wrote it. */
  wanted: boolean
  /** Gmail's, when the mail was fetched. */
  labels: string[]
  rawId: string
  rawAt: Date
  content: Uint8Array | null
  objectKey: string | null
}

const BATCH = 40

/** The next mails to file, in the order they came. */
export const waitingAfter = (ctx: Ctx, workspaceId: string, mailboxId: string, seq: bigint): Promise<WaitingMail[]> =>
  inWorkspace(
    ctx,
    workspaceId,
    (tx) => tx.$queryRaw<WaitingMail[]>`
      select m.gmail_id as "gmailId", m.seq, coalesce(m.accepted_at, m.received_at) as "acceptedAt",
        m.received_at as "receivedAt", m.historical, m.attempts, coalesce(m.reason = 'wanted', false) as wanted, m.labels, m.raw_id::text as "rawId",
        m.raw_at as "rawAt", r.content, r.object_key as "objectKey"
      from desk.mailbox_mail m
      join desk.raw_mail r on r.workspace_id = m.workspace_id and r.stored_at = m.raw_at and r.id = m.raw_id
      where m.workspace_id = ${workspaceId}::uuid and m.mailbox_id = ${mailboxId}::uuid and m.state = 'received' and m.seq > ${seq}
      order by m.seq limit ${BATCH}`,
    { reads: true },
  )
