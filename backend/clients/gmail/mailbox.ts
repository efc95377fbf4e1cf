import type { gmail_v1 } from '@googleapis/gmail'
import type { z } from 'zod'
import { GmailHistoryGone, GmailRefused } from './failures.ts'
import {
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

/** Sends one request: token, time-out, one try, sorted failure, counted. */
export type Ask = <T extends z.ZodType>(
  method: string,
  schema: T,
  send: (api: gmail_v1.Gmail, options: RequestOptions) => Promise<{ data: unknown }>,
  timeoutMs?: number,
) => Promise<z.output<T>>

export type RequestOptions = { headers: Record<string, string>; timeout: number; retry: false; rootUrl: string }

/** One Gmail account. Every call is tried once; failures are those of failures.ts. */
export type GmailMailbox = ReturnType<typeof gmailMailbox>

const me = { userId: 'me' }
const LONG_MS = 120_000

/**
 * One mailbox: its changes, its mails as raw bytes, drafts and sending.
 * @throws GmailUnavailable, GmailAccessLost, GmailRefused, or GmailHistoryGone where changes are asked for that Gmail has forgotten
 */
export function gmailMailbox(ask: Ask) {
  return {
    profile: () => ask('getProfile', Profile, (api, options) => api.users.getProfile(me, options)),

    /** Changes after a position. @throws GmailHistoryGone when the position is too old */
    history: ({ startHistoryId, pageToken }: { startHistoryId: string; pageToken?: string | undefined }) =>
      ask('history.list', HistoryPage, (api, options) =>
        api.users.history.list(
          {
            ...me,
            startHistoryId,
            maxResults: 500,
            historyTypes: ['messageAdded', 'messageDeleted', 'labelAdded', 'labelRemoved'],
            ...(pageToken && { pageToken }),
          },
          options,
        ),
      ).catch((error: unknown) => {
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
      ask('messages.list', MessagePage, (api, options) =>
        api.users.messages.list(
          {
            ...me,
            maxResults: 500,
            includeSpamTrash: spamAndTrash,
            ...(query && { q: query }),
            ...(labels && { labelIds: labels }),
            ...(pageToken && { pageToken }),
          },
          options,
        ),
      ),

    /** @returns null when the mail is gone: deleted, or a draft that was replaced */
    raw: (id: string): Promise<RawMessage | null> =>
      ask(
        'messages.get',
        RawMessage,
        (api, options) =>
          api.users.messages.get({ ...me, id, format: 'raw' }, { ...options, responseType: 'arraybuffer' }),
        LONG_MS,
      ).catch(nullIfGone),

    /** Who wrote a mail and about what, without its text. @returns null when the mail is gone */
    header: (id: string): Promise<MailHeader | null> =>
      ask('messages.get', MailHeader, (api, options) =>
        api.users.messages.get({ ...me, id, format: 'metadata', metadataHeaders: ['From', 'Subject'] }, options),
      ).catch(nullIfGone),

    /** Chosen headers of a mail, by their names in small letters, and nothing else of it. @returns null when the mail is gone */
    signs: (id: string, names: string[]): Promise<MailSigns | null> =>
      ask('messages.get', MailSigns, (api, options) =>
        api.users.messages.get(
          { ...me, id, format: 'metadata', metadataHeaders: names, fields: 'payload/headers' },
          options,
        ),
      ).catch(nullIfGone),

    /** Puts labels on one mail and takes others off. Done twice it is done once. */
    modify: (id: string, { add, remove }: { add: string[]; remove: string[] }) =>
      ask('messages.modify', SentMessage, (api, options) =>
        api.users.messages.modify({ ...me, id, requestBody: { addLabelIds: add, removeLabelIds: remove } }, options),
      ),

    /** The labels of the account, its own and Gmail's. */
    labels: async (): Promise<Label[]> =>
      (await ask('labels.list', Labels, (api, options) => api.users.labels.list(me, options))).labels,

    /**
     * @param hidden not in the list of labels beside the mails, only on the mails and in the search
     * @throws GmailRefused 409 when there is one of that name, 400 when there are too many
     */
    createLabel: (name: string, hidden = false): Promise<Label> =>
      ask('labels.create', Label, (api, options) =>
        api.users.labels.create(
          {
            ...me,
            requestBody: {
              name,
              labelListVisibility: hidden ? 'labelHide' : 'labelShow',
              messageListVisibility: 'show',
            },
          },
          options,
        ),
      ),

    /** The label goes from all mails that have it; one that is gone is gone already. */
    deleteLabel: (id: string): Promise<null> =>
      ask('labels.delete', Nothing, (api, options) => api.users.labels.delete({ ...me, id }, options)).catch(
        nullIfGone,
      ),

    /**
     * Puts labels on many mails and takes others off. Done twice it is done once; mails that are gone are left out.
     * @param ids at most 1,000
     * @throws GmailRefused 400 when a label is not there any more
     */
    modifyMany: (ids: string[], { add, remove }: { add: string[]; remove: string[] }): Promise<null> =>
      ask('messages.batchModify', Nothing, (api, options) =>
        api.users.messages.batchModify(
          { ...me, requestBody: { ids, addLabelIds: add, removeLabelIds: remove } },
          options,
        ),
      ),

    /** The mails that carry an RFC 822 Message-ID, also in spam and trash. */
    findByMessageId: async (messageId: string) => {
      const query = `rfc822msgid:${messageId.replace(/^<|>$/g, '')}`
      const page = await ask('messages.list', MessagePage, (api, options) =>
        api.users.messages.list({ ...me, q: query, includeSpamTrash: true }, options),
      )
      return page.messages
    },

    /** @param raw a whole RFC 5322 mail; Google replaces its Message-ID, so read the sent mail back */
    send: ({ raw, threadId }: { raw: Buffer; threadId?: string | undefined }) =>
      ask(
        'messages.send',
        SentMessage,
        (api, options) =>
          api.users.messages.send(
            { ...me, requestBody: { raw: raw.toString('base64url'), ...(threadId && { threadId }) } },
            options,
          ),
        LONG_MS,
      ),

    /** Asks for pushes to a Pub/Sub topic; without label filter, so that every change wakes us. */
    watch: (topic: string) =>
      ask('watch', Watch, (api, options) => api.users.watch({ ...me, requestBody: { topicName: topic } }, options)),

    sendAs: async (): Promise<SendAs[]> =>
      (await ask('settings.sendAs.list', SendAs, (api, options) => api.users.settings.sendAs.list(me, options))).sendAs,
  }
}

const isNotFound = (error: unknown) => error instanceof GmailRefused && error.httpStatus === 404

function nullIfGone(error: unknown): null {
  if (isNotFound(error)) return null
  throw error
}
