import { GmailAccessLost, GmailPaced, GmailRefused, GmailTooFast, GmailUnavailable } from '../../clients/gmail/index.ts'
import type { Ctx } from '../../context.ts'
import { type Entry, leftToPerson, lookAgain, type NotYet } from '../../platform/journal.ts'
import { openMailbox } from '../intake/index.ts'
import { type Mailbox, type SentHead, sentHead } from './sent-heads.ts'

/** Whatever Gmail refuses after the send is no refusal of the mail, which may be on its way. */
export async function afterSending<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof GmailRefused || isNotSent(error))) throw error
    throw new GmailUnavailable('Gmail did not show what became of the mail.', { cause: error, mayHaveHappened: true })
  }
}

/** Whether a send that failed so is sure to have done nothing: the call was not made, or Gmail turned it away at the door. */
export const isNotSent = (error: unknown): boolean =>
  error instanceof GmailAccessLost || (error instanceof GmailUnavailable && !error.mayHaveHappened)

export type SentMail = { gmailId: string; messageId: string; acceptedAt: Date }

const MINUTE = 60_000
/** Clocks of Google and ours may differ by this. */
const SKEW_MS = 15 * MINUTE
/** Gmail lists newest first, but not strictly (googleapis/google-api-nodejs-client issue 3508): one older mail does not say that all others are. */
const OLDER_IN_A_ROW = 25
/** A mail is in the list within this after Gmail took it; until then it may be on its way there. */
const LISTED_S = 20
const MOST_SINCE = 10_000
const DAYS = 7

const TOO_MANY = `More than ${MOST_SINCE} mails were sent since, too many to look through.`
const TOO_OLD = `It was not found, and after ${DAYS} days it is not sent by itself any more.`

type Wanted = { mailboxId: string; mark: { name: string; value: string } }

/**
 * Looks for a mail whose sending broke off in what its account has sent since. New mail goes on coming in beside it, and what was looked at
 * once is not looked at again by this process.
 * @param wanted.mark the header that only this mail bears
 * @returns null when it was not sent: no look of some time apart has found it. Otherwise the mail, or what else is to be done: look again
 * later, or leave it to a person where nobody can tell
 */
export async function findSentMail(
  ctx: Ctx,
  { workspaceId, sentAt, progress }: Pick<Entry<unknown>, 'workspaceId' | 'sentAt' | 'progress'>,
  wanted: Wanted,
): Promise<SentMail | NotYet | null> {
  const mailbox = await openMailbox(ctx, workspaceId, wanted.mailboxId, 'live')
  const found = await look(mailbox, wanted, sentAt).catch((error: unknown) => {
    if (!(error instanceof GmailPaced || error instanceof GmailTooFast)) throw error
    return lookAgain(progress ?? '', error.retryAfter ?? LISTED_S)
  })
  if (found !== null) return found
  const now = ctx.clock.now().getTime()
  if (now - sentAt.getTime() > DAYS * 24 * 60 * MINUTE) return leftToPerson(TOO_OLD)
  const missedAt = progress ? Date.parse(progress) : now
  const left = LISTED_S - (now - missedAt) / 1_000
  return left > 0 ? lookAgain(new Date(missedAt).toISOString(), Math.ceil(left)) : null
}

/**
 * By label, newest first, because a search may lag behind the send; then by time, because the order of that list is not promised.
 * Both go on to the end of what was sent since, however many pages that are, and mails that come meanwhile only stand before them.
 */
async function look(mailbox: Mailbox, { mailboxId, mark }: Wanted, sentAt: Date): Promise<SentMail | NotYet | null> {
  const from = sentAt.getTime() - SKEW_MS
  const seen = new Set<string>()
  let older = 0
  for await (const gmailId of sentIn(mailbox)) {
    const head = await headOf(gmailId)
    if (head?.mark === mark.value) return sent(gmailId, head)
    if (head) older = head.acceptedAt.getTime() < from ? older + 1 : 0
    if (older >= OLDER_IN_A_ROW) break
    if (seen.size > MOST_SINCE) return leftToPerson(TOO_MANY)
  }
  for await (const gmailId of sentIn(mailbox, `after:${Math.floor(from / 1_000)}`)) {
    if (seen.has(gmailId)) continue
    const head = await headOf(gmailId)
    if (head?.mark === mark.value) return sent(gmailId, head)
    if (seen.size > MOST_SINCE) return leftToPerson(TOO_MANY)
  }
  return null

  function headOf(gmailId: string): Promise<SentHead | null> {
    seen.add(gmailId)
    return sentHead(mailbox, { mailboxId, gmailId, header: mark.name })
  }
}

const sent = (gmailId: string, { messageId, acceptedAt }: SentHead): SentMail => ({ gmailId, messageId, acceptedAt })

/** Also in the trash, where somebody may have put it since. */
async function* sentIn(mailbox: Mailbox, query?: string): AsyncGenerator<string> {
  let pageToken: string | undefined
  do {
    const page = await mailbox.messages({ labels: ['SENT'], spamAndTrash: true, pageToken, ...(query && { query }) })
    for (const { id } of page.messages) yield id
    pageToken = page.nextPageToken
  } while (pageToken !== undefined)
}
