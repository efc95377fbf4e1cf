import { GmailAccessLost, type GmailMailbox, GmailUnavailable } from '../../clients/gmail/index.ts'
import { objectKey } from '../../clients/objects/index.ts'
import type { Ctx } from '../../context.ts'
import { newId } from '../../platform/ids.ts'
import type { Change } from './changes.ts'
import type { OpenMailbox } from './mailboxes.ts'
import { roughMailKey } from './rough-header.ts'

/** Larger mails go to object storage, encrypted like the others. */
export const INLINE_BYTES = 256_000

/** How many mails are asked for at a time; each may have 50 MB. */
const AT_A_TIME = 8

export type StoredRaw = { id: string; size: number; content: Buffer<ArrayBuffer> | null; objectKey: string | null }

/** `mailKey`: what whoever opens the mail in Gmail asks by, until a ticket holds it. */
export type Fetched = Change & { acceptedAt: Date; mailKey: string | null; raw: StoredRaw }

export type FetchResult =
  | { kind: 'fetched'; mail: Fetched }
  | { kind: 'gone'; change: Change }
  /** Gmail is busy, its quota is used up, or we are shut out: nothing was read, and nothing is known of the mail. */
  | { kind: 'waits'; error: GmailUnavailable | GmailAccessLost }
  /** `counts`: the failure may be this mail's own, so it is not waited for without end. */
  | { kind: 'failed'; change: Change; error: Error; counts: boolean }

/** A usual mail takes milliseconds; after so long others do not wait for one that is large. */
const LATE_MS = 1_000

/**
 * Reads the exact bytes of many mails and seals them; once Gmail wants to be left alone the rest is not asked for. Every failure is a
 * result, so that what was read beside it is kept.
 * @param early hears of what is read while others still take long, and is waited for; the rest is returned
 */
export async function fetchAll(
  ctx: Ctx,
  mailbox: OpenMailbox,
  gmail: GmailMailbox,
  changes: readonly Change[],
  early: (results: FetchResult[]) => Promise<void>,
): Promise<FetchResult[]> {
  let results: FetchResult[] = []
  let next = 0
  let waits = false
  const work = async () => {
    for (let index = next++; index < changes.length && !waits; index = next++) {
      const change = changes[index]
      if (!change) continue
      const result = await fetchOne(ctx, mailbox, gmail, change)
      waits ||= result.kind === 'waits'
      results.push(result)
    }
  }
  const all = Promise.all(Array.from({ length: Math.min(AT_A_TIME, changes.length) }, work))
  while (!(await isOverIn(LATE_MS, all))) {
    const read = results.filter(({ kind }) => kind !== 'waits')
    results = results.filter(({ kind }) => kind === 'waits')
    if (read.length > 0) await early(inOrder(read, changes))
  }
  return inOrder(results, changes)
}

const isOverIn = (ms: number, work: Promise<unknown>): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms, false)
    work.then(() => resolve(true), reject).finally(() => clearTimeout(timer))
  })

/** As they were asked for, which is the order in which they came. */
function inOrder(results: readonly FetchResult[], changes: readonly Change[]): FetchResult[] {
  const places = new Map(changes.map(({ gmailId }, place) => [gmailId, place]))
  const placeOf = (result: FetchResult) =>
    result.kind === 'waits'
      ? changes.length
      : (places.get(result.kind === 'fetched' ? result.mail.gmailId : result.change.gmailId) ?? 0)
  return results.toSorted((one, other) => placeOf(one) - placeOf(other))
}

async function fetchOne(ctx: Ctx, mailbox: OpenMailbox, gmail: GmailMailbox, change: Change): Promise<FetchResult> {
  try {
    const found = await gmail.raw(change.gmailId)
    if (!found) return { kind: 'gone', change }
    const { threadId, labelIds: labels } = found
    const acceptedAt = sensible(found.acceptedAt, ctx.clock.now())
    const raw = await keep(ctx, mailbox, found.raw)
    const mailKey = roughMailKey(found.raw)
    return { kind: 'fetched', mail: { gmailId: change.gmailId, threadId, labels, acceptedAt, mailKey, raw } }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error instanceof GmailAccessLost) return { kind: 'waits', error }
    if (error instanceof GmailUnavailable && !error.mayHaveHappened) return { kind: 'waits', error }
    return { kind: 'failed', change, error, counts: true }
  }
}

const DAY_MS = 86_400_000

/**
 * Whoever imports mail may have Gmail take its time from the mail's own Date, which may be of the year 0 or 9999: neither can be kept as it
 * is, and one of the future would stand above all others for ever.
 */
const sensible = (acceptedAt: Date, now: Date): Date =>
  acceptedAt.getTime() > now.getTime() + DAY_MS ? now : new Date(Math.max(acceptedAt.getTime(), 0))

/** Seals the bytes; large ones are on disk before a row names them. */
async function keep(ctx: Ctx, { workspaceId, box }: OpenMailbox, raw: Buffer): Promise<StoredRaw> {
  const id = newId(ctx.clock.now())
  if (raw.length <= INLINE_BYTES)
    return { id, size: raw.length, content: box.seal('raw_mail', id, raw), objectKey: null }
  const sealed = await box.sealLarge('raw_mail', id, raw)
  const key = objectKey(workspaceId, id)
  await ctx.objects.put(key, sealed)
  return { id, size: raw.length, content: null, objectKey: key }
}
