import type { Head } from '../mime/head.ts'
import { baseSubject } from '../mime/subject.ts'
import type { Mail, Mailbox } from '../store/mailbox.ts'

const WEEK = 7 * 24 * 3600 * 1000
const MOST_IN_THREAD = 100

/** The thread a new mail joins by Gmail's rules, or undefined for a thread of its own. */
export function threadFor(box: Mailbox, head: Head, at: number): string | undefined {
  const found = head.references.length > 0 ? byReference(box, head) : bySubject(box, head, at)
  return found && hasRoom(box, found.threadId) ? found.threadId : undefined
}

/** Sending into a named thread needs a known reference and the same subject as well; else Gmail threads by its own rules. */
export const fitsThread = (box: Mailbox, head: Head, threadId: string) =>
  (box.threads.get(threadId) ?? []).some(
    (mail) => head.references.includes(mail.head.messageId) && sameSubject(mail.head, head),
  )

const sameSubject = (one: Head, other: Head) => baseSubject(one.subject) === baseSubject(other.subject)

const byReference = (box: Mailbox, head: Head) =>
  head.references.flatMap((id) => box.byMessageId.get(id) ?? []).find((mail) => sameSubject(mail.head, head))

/** Contact forms suffer from this: same subject and sender within a week is one thread, whoever the customer is. */
function bySubject(box: Mailbox, head: Head, at: number): Mail | undefined {
  const subject = baseSubject(head.subject)
  if (subject === '') return undefined
  return box.bySubject.get(subject)?.findLast((mail) => Math.abs(mail.at - at) < WEEK && sameParties(mail.head, head))
}

const sameParties = (one: Head, other: Head) =>
  one.fromEmail === other.fromEmail && other.recipients.some((to) => one.recipients.includes(to))

const hasRoom = (box: Mailbox, threadId: string) => (box.threads.get(threadId)?.length ?? 0) < MOST_IN_THREAD
