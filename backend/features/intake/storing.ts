import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { type Change, setAside } from './changes.ts'
import type { Fetched, FetchResult } from './fetching.ts'
import { lockMailbox, type OpenMailbox } from './mailboxes.ts'
import { enqueueProcessing } from './queueing.ts'
import { clearSuspects } from './spam/clearing.ts'

/** Which of these mails we hold, or have decided about. One that was gone once and is told of again is there after all. */
export const knownOf = (ctx: Ctx, mailbox: OpenMailbox, changes: readonly Change[]): Promise<Set<string>> =>
  inWorkspace(
    ctx,
    mailbox.workspaceId,
    async (tx) => {
      const ids = changes.map(({ gmailId }) => gmailId)
      const rows = await tx.ask<{ id: string }>(Prisma.sql`
        select gmail_id as id from desk.mailbox_mail
        where workspace_id = ${tx.workspaceId}::uuid and mailbox_id = ${mailbox.id}::uuid and gmail_id = any(${ids}::text[])
          and ((state = 'ended' and reason is distinct from ${GONE}) or raw_id is not null)`)
      return new Set(rows.map(({ id }) => id))
    },
    { reads: true, byKeys: true },
  )

/**
 * Writes what was fetched, in the order given, and wakes the filing. Each mail is kept once, whoever brings it again.
 * @param listed found by reading the mailbox: what Google took before the connection is history, what came later is live
 */
export const store = (ctx: Ctx, mailbox: OpenMailbox, results: readonly Answered[], listed: boolean): Promise<void> =>
  inWorkspace(
    ctx,
    mailbox.workspaceId,
    async (tx) => {
      await lockMailbox(tx, mailbox.id)
      const fetched = results.flatMap((result) => (result.kind === 'fetched' ? [result.mail] : []))
      await insertRaw(tx, fetched)
      const ended = await insertRows(
        tx,
        mailbox,
        results.map((result) => asRow(result, mailbox, listed)),
      )
      for (const outcome of ended) ctx.metrics.mails.inc({ outcome })
      if (fetched.length > 0) await enqueueProcessing(tx, mailbox.id)
    },
    { byKeys: true },
  )

/** A draft or a chat needs no reading to be put aside. */
export const storeSetAside = (ctx: Ctx, mailbox: OpenMailbox, changes: readonly Change[]): Promise<void> =>
  store(
    ctx,
    mailbox,
    changes.map((change) => ({ kind: 'gone', change })),
    false,
  )

/** Why a mail is ignored that Gmail told of and did not hand out: deleted meanwhile, or a draft that was replaced. */
export const GONE = 'gone'

/** What Gmail said of a mail; of one that has to wait nothing is written down. */
type Answered = Exclude<FetchResult, { kind: 'waits' }>

async function insertRaw(tx: Tx, mails: readonly Fetched[]): Promise<void> {
  if (mails.length === 0) return
  const rows = mails.map(({ raw: { id, size, content, objectKey } }) => {
    return Prisma.sql`(${tx.workspaceId}::uuid, ${tx.now}::timestamptz, ${id}::uuid, ${size}::int, ${content}::bytea, ${objectKey}::text)`
  })
  await tx.send(
    Prisma.sql`insert into desk.raw_mail (workspace_id, stored_at, id, size, content, object_key) values ${Prisma.join(rows)}`,
  )
}

type Row = {
  change: Change
  acceptedAt: Date | null
  rawId: string | null
  mailKey: string | null
  ends: { outcome: 'ignored' | 'suspected_spam'; reason: string } | null
  attempts: number
  historical: boolean
}

/** Google's clock and ours may differ, and a mail may be on its way while its mailbox is connected. */
const ON_ITS_WAY_MS = 86_400_000

/**
 * Before the go-live is history, however it was found; without one, what is older than the connection. The change feed tells of such mail
 * when somebody moves an old archive into the mailbox: nobody waits for an answer to it.
 */
function isHistory({ createdAt, liveFrom }: OpenMailbox, acceptedAt: Date, listed: boolean): boolean {
  if (liveFrom !== null) return acceptedAt < liveFrom
  return acceptedAt < (listed ? createdAt : longBefore({ createdAt }))
}

const longBefore = ({ createdAt }: Pick<OpenMailbox, 'createdAt'>): Date =>
  new Date(createdAt.getTime() - ON_ITS_WAY_MS)

function asRow(result: Answered, mailbox: OpenMailbox, listed: boolean): Row {
  if (result.kind === 'fetched') {
    const { raw, acceptedAt, mailKey, ...change } = result.mail
    const historical = isHistory(mailbox, acceptedAt, listed)
    return { change, acceptedAt, rawId: raw.id, mailKey, ends: unreadEnding(change), attempts: 0, historical }
  }
  const { change } = result
  const base = { change, acceptedAt: null, rawId: null, mailKey: null, historical: listed }
  if (result.kind === 'gone')
    return { ...base, ends: unreadEnding(change) ?? { outcome: 'ignored', reason: GONE }, attempts: 0 }
  return { ...base, ends: null, attempts: result.counts ? 1 : 0 }
}

/** Drafts and chats end unread. What Gmail holds for spam is read like any mail, so that people see what it is. */
function unreadEnding({ labels }: Change): Row['ends'] {
  const aside = setAside(labels)
  return aside?.outcome === 'ignored' ? aside : null
}

/** A row without its bytes is a mail that we know of and have not read yet; bringing the bytes completes it. */
async function insertRows(tx: Tx, mailbox: OpenMailbox, rows: readonly Row[]): Promise<string[]> {
  if (rows.length === 0) return []
  const values = rows.map(({ change, acceptedAt, rawId, mailKey, ends, attempts, historical }) => {
    const state = ends ? 'ended' : 'received'
    return Prisma.sql`(${tx.workspaceId}::uuid, ${mailbox.id}::uuid, ${change.gmailId}, ${change.threadId}, ${acceptedAt}::timestamptz, ${change.labels}::text[],
      ${rawId}::uuid, ${rawId ? tx.now : null}::timestamptz, ${state}, ${ends?.outcome ?? null}, ${ends?.reason ?? null}, ${historical}, ${attempts}::int2,
      ${tx.now}, ${ends ? tx.now : null}::timestamptz, ${mailKey})`
  })
  const written = await tx.ask<{ outcome: string | null }>(Prisma.sql`
    insert into desk.mailbox_mail as mine (workspace_id, mailbox_id, gmail_id, thread_id, accepted_at, labels, raw_id, raw_at, state, outcome, reason,
      historical, attempts, received_at, ended_at, mail_key)
    values ${Prisma.join(values)}
    on conflict (workspace_id, mailbox_id, gmail_id) do update set
      thread_id = coalesce(excluded.thread_id, mine.thread_id), accepted_at = excluded.accepted_at, labels = excluded.labels,
      historical = excluded.historical and (mine.historical or ${mailbox.liveFrom !== null} or excluded.accepted_at < ${longBefore(mailbox)}), raw_id = excluded.raw_id, raw_at = excluded.raw_at, state = excluded.state, outcome = excluded.outcome, reason = excluded.reason,
      attempts = case when excluded.raw_id is null then least(mine.attempts::int + excluded.attempts, 10000) else 0 end, ended_at = excluded.ended_at, mail_key = excluded.mail_key
    where mine.raw_id is null and (mine.state = 'received' or mine.reason = ${GONE})
    returning outcome`)
  return written.flatMap(({ outcome }) => outcome ?? [])
}

/**
 * Puts mails back on the work list that we had put aside; a draft's bytes are fetched again, because it was edited. One that waits to be
 * filed is no spam from now on. What was only thrown away stays put aside.
 */
export const revive = (ctx: Ctx, mailbox: OpenMailbox, changes: readonly Change[]): Promise<void> =>
  inWorkspace(ctx, mailbox.workspaceId, async (tx) => {
    const wanted = changes.filter(({ labels }) => setAside(labels) === null && !labels.includes('TRASH'))
    if (wanted.length === 0) return
    const values = wanted.map(({ gmailId, labels }) => Prisma.sql`(${gmailId}, ${labels}::text[])`)
    await tx.$executeRaw`
      update desk.mailbox_mail m set
        labels = case when m.state = 'ended' then v.labels else array_remove(array_remove(m.labels, 'SPAM'), 'DRAFT') end,
        raw_id = case when m.state = 'ended' and m.reason = 'draft' then null else m.raw_id end,
        reason = case when m.state = 'ended' then null else m.reason end, state = 'received', outcome = null, ended_at = null
      from (values ${Prisma.join(values)}) as v (gmail_id, labels)
      where m.workspace_id = ${tx.workspaceId}::uuid and m.mailbox_id = ${mailbox.id}::uuid and m.gmail_id = v.gmail_id
        and (m.state = 'received' or m.outcome = 'suspected_spam' or m.reason = 'draft')`
    await clearSuspects(
      tx,
      mailbox.id,
      wanted.map(({ gmailId }) => gmailId),
    )
    await enqueueProcessing(tx, mailbox.id)
  })
