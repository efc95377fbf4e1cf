import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'

/** A mail on the work list, with its bytes still sealed. */
export type WaitingMail = {
  gmailId: string
  /** Its conversation in Gmail; null when nobody told it. */
  threadId: string | null
  seq: bigint
  acceptedAt: Date
  /** When we were told of it. */
  receivedAt: Date
  historical: boolean
  attempts: number
  /** Somebody wants it to be a ticket, whoever wrote it. */
  wanted: boolean
  /** Taken up again out of quarantine. */
  retried: boolean
  /** Gmail's, when the mail was fetched. */
  labels: string[]
  rawId: string
  rawAt: Date
  content: Uint8Array | null
  objectKey: string | null
}

/** What a batch asks of the database is asked once, however many mails are in it; each may be 256 kB here. */
const BATCH = 80

/** How far a pass over the work list has come: live mail and history have places of their own. */
export type Reached = { live: bigint; history: bigint }

export const NOTHING_REACHED: Reached = { live: 0n, history: 0n }

/** The next mails to file, in the order they came; history only while no live mail waits. */
export const waitingAfter = (
  ctx: Ctx,
  workspaceId: string,
  mailboxId: string,
  reached: Reached,
): Promise<WaitingMail[]> =>
  inWorkspace(ctx, workspaceId, (tx) => waitingIn(tx, mailboxId, reached), { reads: true, byKeys: true })

/** The same in a transaction that is open. */
export async function waitingIn(tx: Tx, mailboxId: string, { live, history }: Reached): Promise<WaitingMail[]> {
  const { workspaceId } = tx
  const askFor = async (place: Place): Promise<WaitingMail[]> => {
    const rows = await tx.ask<Omit<WaitingMail, 'seq'> & { seq: string }>(waitingSql(workspaceId, mailboxId, place))
    return rows.map((row) => ({ ...row, seq: BigInt(row.seq) }))
  }
  const waiting = await askFor({ historical: false, seq: live })
  return waiting.length > 0 ? waiting : askFor({ historical: true, seq: history })
}

/** How far these mails bring a pass. A batch is of one kind. */
export function reachedBy(before: Reached, batch: readonly Pick<WaitingMail, 'historical' | 'seq'>[]): Reached {
  const last = batch.at(-1)
  if (!last) return before
  return last.historical ? { ...before, history: last.seq } : { ...before, live: last.seq }
}

type Place = { historical: boolean; seq: bigint }

/** Exported so that a test can look at its plan. */
export const waitingSql = (
  workspaceId: string,
  mailboxId: string,
  { historical, seq }: Place,
): Prisma.Sql => Prisma.sql`
  select m.gmail_id as "gmailId", m.thread_id as "threadId", m.seq, coalesce(m.accepted_at, m.received_at) as "acceptedAt",
    m.received_at as "receivedAt", m.historical, m.attempts, coalesce(m.reason = 'wanted', false) as wanted, coalesce(m.reason = 'retried', false) as retried, m.labels, m.raw_id::text as "rawId",
    m.raw_at as "rawAt", r.content, r.object_key as "objectKey"
  from desk.mailbox_mail m
  join desk.raw_mail r on r.workspace_id = m.workspace_id and r.stored_at = m.raw_at and r.id = m.raw_id
  where m.workspace_id = ${workspaceId}::uuid and m.mailbox_id = ${mailboxId}::uuid and m.state = 'received'
    and m.historical = ${historical} and m.seq > ${seq}
  order by m.seq limit ${BATCH}`
