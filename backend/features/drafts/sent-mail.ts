import { GmailRefused, GmailUnavailable } from '../../clients/gmail/index.ts'
import type { openMailbox } from '../intake/index.ts'
import { headerOf } from './reply-mail.ts'

type Mailbox = Awaited<ReturnType<typeof openMailbox>>

/** Whatever Gmail refuses after the send is no refusal of the mail, which may be on its way. */
export async function afterSending<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof GmailRefused)) throw error
    throw new GmailUnavailable('Gmail did not show what became of the mail.', { cause: error, mayHaveHappened: true })
  }
}

/** Clocks of Google and ours may differ by this. */
const SKEW_MS = 5 * 60_000
const MOST_LOOKED_AT = 300

/**
 * Looks through what the account has sent since a mail was planned, by label: a search could lag behind the send.
 * @param mark the header that only this mail bears
 * @returns Gmail's id of it; null when it was not sent
 */
export async function findSentMail(
  mailbox: Mailbox,
  mark: { name: string; value: string },
  plannedAt: Date,
): Promise<string | null> {
  const { messages } = await mailbox.messages({ labels: ['SENT'], spamAndTrash: true })
  for (const { id } of messages.slice(0, MOST_LOOKED_AT)) {
    const mail = await mailbox.raw(id)
    if (!mail) continue
    if (headerOf(mail.raw, mark.name) === mark.value) return id
    if (mail.acceptedAt.getTime() < plannedAt.getTime() - SKEW_MS) return null
  }
  if (messages.length < MOST_LOOKED_AT) return null
  throw new GmailUnavailable('Too much was sent since to be sure that the mail was not.', { mayHaveHappened: true })
}
