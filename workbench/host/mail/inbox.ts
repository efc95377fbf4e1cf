import type { GmailThread, Mailbox } from './gmail.ts'
import { type ConversationView, conversationOf } from './view.ts'

export interface Row {
  threadId: string
  historyId: string
  subject: string
  /** Who wrote in it, oldest first, own mail as "me". */
  people: string[]
  count: number
  snippet: string
  at: Date
  unread: boolean
  hasFiles: boolean
}

export interface Inbox {
  /** Changes whenever anything in the mailbox does. */
  version: string
  rows: Row[]
}

/** The inbox by conversations, newest first. What did not change since the last look is not read again. */
export function inboxOf(mailbox: Mailbox) {
  let last: Inbox | undefined
  const rows = new Map<string, Row>()

  const rowOf = async ({ id, historyId }: { id: string; historyId: string }): Promise<Row> => {
    const known = rows.get(id)
    if (known?.historyId === historyId) return known
    const row = summed(await mailbox.thread(id))
    rows.set(id, row)
    return row
  }

  return async (): Promise<Inbox> => {
    const version = await mailbox.historyId()
    if (last?.version === version) return last
    const listed = await mailbox.threadIds('INBOX')
    last = {
      version,
      rows: (await Promise.all(listed.map(rowOf))).sort((one, other) => other.at.getTime() - one.at.getTime()),
    }
    return last
  }
}

function summed(thread: GmailThread): Row {
  const conversation = conversationOf(thread)
  const newest = conversation.mails.at(-1)
  return {
    threadId: thread.id,
    historyId: thread.historyId,
    subject: conversation.subject,
    people: peopleIn(conversation),
    count: conversation.mails.length,
    snippet: newest?.snippet ?? '',
    at: newest?.at ?? new Date(0),
    unread: conversation.mails.some((mail) => mail.unread),
    hasFiles: conversation.mails.some((mail) => mail.files.some((file) => file.contentId === '')),
  }
}

const peopleIn = ({ mails }: ConversationView) => [...new Set(mails.map((mail) => (mail.sent ? 'me' : mail.from.name)))]
