import type { openMailbox } from '../intake/index.ts'

export type Mailbox = Awaited<ReturnType<typeof openMailbox>>

/** What a sent mail is known again by. `mark`: the header that was asked for; empty where it is not ours. */
export type SentHead = { mark: string; messageId: string; acceptedAt: Date }

/** About ten megabytes; more than one look may look at, so that a look which is broken off goes on where it was. */
const MOST_KNOWN = 20_000

/**
 * What this process has read of sent mails, those asked for longest ago first. An id of Gmail and the headers under it never change, so what
 * was read for one mail of unknown fate is not read again for the next one.
 */
const known = new Map<string, Promise<SentHead | null>>()

/**
 * One header of a sent mail, its Message-ID and its time, without its text.
 * @returns null when the mail is gone, which is asked anew the next time
 */
export function sentHead(
  mailbox: Mailbox,
  { mailboxId, gmailId, header }: { mailboxId: string; gmailId: string; header: string },
): Promise<SentHead | null> {
  const key = `${mailboxId} ${gmailId} ${header}`
  const asked = known.get(key) ?? readHead(mailbox, gmailId, header)
  known.delete(key)
  known.set(key, asked)
  for (const oldest of known.keys()) {
    if (known.size <= MOST_KNOWN) break
    known.delete(oldest)
  }
  return asked.then(
    (head) => {
      if (head === null) known.delete(key)
      return head
    },
    (error: unknown) => {
      known.delete(key) // who waited for the same answer hears of it, too
      throw error
    },
  )
}

async function readHead(mailbox: Mailbox, gmailId: string, header: string): Promise<SentHead | null> {
  const mail = await mailbox.datedSigns(gmailId, [header, 'Message-ID'])
  if (mail === null) return null
  const { signs, acceptedAt } = mail
  return { mark: wordOf(signs[header.toLowerCase()]), messageId: wordOf(signs['message-id']), acceptedAt }
}

/** Both are one word, wherever a server has broken the line. */
const wordOf = (values: readonly string[] = []): string => (values[0] ?? '').replace(/\s+/g, '')
