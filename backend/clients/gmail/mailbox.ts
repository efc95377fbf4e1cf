import type { z } from 'zod'
import { GmailHistoryGone, GmailRefused } from './failures.ts'
import {
  DatedSigns,
  HistoryPage,
  Label,
  Labels,
  MailHeader,
  MailSigns,
  MessagePage,
  Nothing,
  Profile,
  RawMessage,
  SendAs,
  SentMessage,
  Watch,
} from './reading.ts'
import type { Call } from './wire.ts'

/** Sends one request: token, time-out, one try, sorted failure, counted. */
export type Ask = <T extends z.ZodType>(
  method: string,
  schema: T,
  call: Call,
  timeoutMs?: number,
) => Promise<z.output<T>>

/** One Gmail account. Every call is tried once; failures are those of failures.ts. */
export type GmailMailbox = ReturnType<typeof gmailMailbox>

const LONG_MS = 120_000

/**
 * One mailbox: its changes, its mails as raw bytes, drafts and sending.
 * @throws GmailUnavailable, GmailAccessLost, GmailRefused, or GmailHistoryGone where changes are asked for that Gmail has forgotten
 */
export function gmailMailbox(ask: Ask) {
  return {
    profile: () => ask('getProfile', Profile, { path: 'profile' }),

    /** Changes after a position. @throws GmailHistoryGone when the position is too old */
    history: ({ startHistoryId, pageToken }: { startHistoryId: string; pageToken?: string | undefined }) =>
      ask('history.list', HistoryPage, {
        path: 'history',
        query: {
          startHistoryId,
          maxResults: 500,
          historyTypes: ['messageAdded', 'messageDeleted', 'labelAdded', 'labelRemoved'],
          pageToken,
        },
      }).catch((error: unknown) => {
        throw isNotFound(error) ? new GmailHistoryGone({ cause: error }) : error
      }),

    /** Newest first. @param query Gmail's search language; nothing means everything */
    messages: ({
      query,
      labels,
      pageToken,
      spamAndTrash,
    }: {
      query?: string
      /** Ids of labels that a mail must all carry; unlike a query this needs no search index. */
      labels?: string[]
      pageToken?: string | undefined
      spamAndTrash: boolean
    }) =>
      ask('messages.list', MessagePage, {
        path: 'messages',
        query: {
          maxResults: 500,
          includeSpamTrash: spamAndTrash,
          q: query || undefined,
          labelIds: labels,
          pageToken,
        },
      }),

    /** @returns null when the mail is gone: deleted, or a draft that was replaced */
    raw: (id: string): Promise<RawMessage | null> =>
      ask('messages.get', RawMessage, { path: messageAt(id), query: { format: 'raw' }, asBytes: true }, LONG_MS).catch(
        nullIfGone,
      ),

    /** Who wrote a mail and about what, without its text. @returns null when the mail is gone */
    header: (id: string): Promise<MailHeader | null> =>
      ask('messages.get', MailHeader, {
        path: messageAt(id),
        query: { format: 'metadata', metadataHeaders: ['From', 'Subject'] },
      }).catch(nullIfGone),

    /** Chosen headers of a mail, by their names in small letters, and nothing else of it. @returns null when the mail is gone */
    signs: (id: string, names: string[]): Promise<MailSigns | null> =>
      ask('messages.get', MailSigns, {
        path: messageAt(id),
        query: { format: 'metadata', metadataHeaders: names, fields: 'payload/headers' },
      }).catch(nullIfGone),

    /** The same, and when Google accepted the mail. @returns null when the mail is gone */
    datedSigns: (id: string, names: string[]): Promise<DatedSigns | null> =>
      ask('messages.get', DatedSigns, {
        path: messageAt(id),
        query: { format: 'metadata', metadataHeaders: names, fields: 'internalDate,payload/headers' },
      }).catch(nullIfGone),

    /** Puts labels on one mail and takes others off. Done twice it is done once. */
    modify: (id: string, { add, remove }: { add: string[]; remove: string[] }) =>
      ask('messages.modify', SentMessage, {
        verb: 'POST',
        path: `${messageAt(id)}/modify`,
        body: { addLabelIds: add, removeLabelIds: remove },
      }),

    /** The labels of the account, its own and Gmail's. */
    labels: async (): Promise<Label[]> => (await ask('labels.list', Labels, { path: 'labels' })).labels,

    /**
     * @param hidden not in the list of labels beside the mails, only on the mails and in the search
     * @throws GmailRefused 409 when there is one of that name, 400 when there are too many
     */
    createLabel: (name: string, hidden = false): Promise<Label> =>
      ask('labels.create', Label, {
        verb: 'POST',
        path: 'labels',
        body: {
          name,
          labelListVisibility: hidden ? 'labelHide' : 'labelShow',
          messageListVisibility: 'show',
        },
      }),

    /** The label goes from all mails that have it; one that is gone is gone already. */
    deleteLabel: (id: string): Promise<null> =>
      ask('labels.delete', Nothing, { verb: 'DELETE', path: `labels/${encodeURIComponent(id)}` }).catch(nullIfGone),

    /**
     * Puts labels on many mails and takes others off. Done twice it is done once; mails that are gone are left out.
     * @param ids at most 1,000
     * @throws GmailRefused 400 when a label is not there any more
     */
    modifyMany: (ids: string[], { add, remove }: { add: string[]; remove: string[] }): Promise<null> =>
      ask('messages.batchModify', Nothing, {
        verb: 'POST',
        path: 'messages/batchModify',
        body: { ids, addLabelIds: add, removeLabelIds: remove },
      }),

    /** The mails that carry an RFC 822 Message-ID, also in spam and trash. */
    findByMessageId: async (messageId: string) => {
      const q = `rfc822msgid:${messageId.replace(/^<|>$/g, '')}`
      const page = await ask('messages.list', MessagePage, { path: 'messages', query: { q, includeSpamTrash: true } })
      return page.messages
    },

    /** @param raw a whole RFC 5322 mail; Google replaces its Message-ID, so read the sent mail back */
    send: ({ raw, threadId }: { raw: Buffer; threadId?: string | undefined }) =>
      ask(
        'messages.send',
        SentMessage,
        {
          verb: 'POST',
          path: 'messages/send',
          body: { raw: raw.toString('base64url'), ...(threadId && { threadId }) },
        },
        LONG_MS,
      ),

    /** Asks for pushes to a Pub/Sub topic; without label filter, so that every change wakes us. */
    watch: (topic: string) => ask('watch', Watch, { verb: 'POST', path: 'watch', body: { topicName: topic } }),

    sendAs: async (): Promise<SendAs[]> =>
      (await ask('settings.sendAs.list', SendAs, { path: 'settings/sendAs' })).sendAs,
  }
}

const messageAt = (id: string) => `messages/${encodeURIComponent(id)}`

const isNotFound = (error: unknown) => error instanceof GmailRefused && error.httpStatus === 404

function nullIfGone(error: unknown): null {
  if (isNotFound(error)) return null
  throw error
}
