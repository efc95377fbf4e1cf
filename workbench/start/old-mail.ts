import type { Google } from '../emulators/google/google.ts'
import { mailboxOf } from '../host/mail/gmail.ts'

const OLD_MS = 14 * 3_600_000

/** What came more than some hours ago has been opened by everybody. */
export async function readOldMail(google: Google, inboxes: readonly string[], now: Date): Promise<void> {
  for (const email of inboxes) {
    const token = google.users.accessToken(email)
    const mailbox = mailboxOf(google.url, () => token)
    const young = new Set(
      google.users.mails(email).flatMap(({ at, threadId }) => (at > now.getTime() - OLD_MS ? [threadId] : [])),
    )
    const threads = (await mailbox.threadIds('INBOX')).filter(({ id }) => !young.has(id))
    for (const { id } of threads) await mailbox.markRead(id)
  }
}
