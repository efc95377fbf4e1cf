/** What Gmail's REST API answers, as far as a mail client needs it. */
export interface GmailPart {
  mimeType: string
  filename: string
  headers?: { name: string; value: string }[]
  body: { size: number; data?: string; attachmentId?: string }
  parts?: GmailPart[]
}

export interface GmailMessage {
  id: string
  threadId: string
  labelIds: string[]
  snippet: string
  internalDate: string
  payload: GmailPart
}

export interface GmailThread {
  id: string
  historyId: string
  messages: GmailMessage[]
}

export interface GmailDraft {
  id: string
  message: GmailMessage
}

export type Mailbox = ReturnType<typeof mailboxOf>

export class GmailRefused extends Error {
  override name = 'GmailRefused'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** One person's own mailbox, over the API that add-on and backend use as well; ids are this mailbox's. */
export function mailboxOf(baseUrl: string, token: () => string) {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${baseUrl}/gmail/v1/users/me/${path}`, {
      method,
      headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok)
      throw new GmailRefused(
        response.status,
        `Gmail answered ${response.status} to ${method} ${path}: ${text.slice(0, 300)}`,
      )
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
  const id = encodeURIComponent

  return {
    historyId: async () => (await call<{ historyId: string }>('GET', 'profile')).historyId,
    threadIds: async (label: string) =>
      (
        await call<{ threads?: { id: string; historyId: string }[] }>(
          'GET',
          `threads?maxResults=200&labelIds=${id(label)}`,
        )
      ).threads ?? [],
    thread: (threadId: string) => call<GmailThread>('GET', `threads/${id(threadId)}?format=full`),
    message: (messageId: string) => call<GmailMessage>('GET', `messages/${id(messageId)}?format=full`),
    attachment: async (messageId: string, attachmentId: string) => {
      const { data } = await call<{ data: string }>('GET', `messages/${id(messageId)}/attachments/${id(attachmentId)}`)
      return Buffer.from(data, 'base64url')
    },
    markRead: (threadId: string) => call('POST', `threads/${id(threadId)}/modify`, { removeLabelIds: ['UNREAD'] }),
    draft: (draftId: string) => call<GmailDraft>('GET', `drafts/${id(draftId)}?format=full`),
    discardDraft: (draftId: string) => call('DELETE', `drafts/${id(draftId)}`),
    sendDraft: (draftId: string, raw: Buffer) =>
      call<GmailMessage>('POST', 'drafts/send', { id: draftId, message: { raw: raw.toString('base64url') } }),
    send: (raw: Buffer, threadId?: string) =>
      call<GmailMessage>('POST', 'messages/send', {
        raw: raw.toString('base64url'),
        ...(threadId ? { threadId } : {}),
      }),
  }
}
