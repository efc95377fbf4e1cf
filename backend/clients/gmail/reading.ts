import { z } from 'zod'
import { withoutRaw } from './raw-answer.ts'

const Id = z.string().min(1)
const Message = z.object({ id: Id, threadId: Id.optional(), labelIds: z.array(z.string()).default([]) })
const Added = z.object({ message: Message })
const Labelled = z.object({ message: Message, labelIds: z.array(z.string()).default([]) })

/** One page of the change feed. The typed lists are read; `messages` repeats them (facts/mail.md section 3.1). */
export const HistoryPage = z.object({
  history: z
    .array(
      z.object({
        id: Id,
        messagesAdded: z.array(Added).default([]),
        /** For good; what goes to the trash is a label. */
        messagesDeleted: z.array(Added).default([]),
        labelsAdded: z.array(Labelled).default([]),
        labelsRemoved: z.array(Labelled).default([]),
      }),
    )
    .default([]),
  nextPageToken: z.string().optional(),
  historyId: Id,
})
export type HistoryPage = z.infer<typeof HistoryPage>

export const Profile = z.object({ emailAddress: z.string(), historyId: Id })
export type Profile = z.infer<typeof Profile>

export const MessagePage = z.object({
  messages: z.array(z.object({ id: Id, threadId: Id.optional() })).default([]),
  nextPageToken: z.string().optional(),
})
export type MessagePage = z.infer<typeof MessagePage>

/** A mail as Gmail holds it: the exact bytes, and when Google accepted them. Reads the bytes of an answer. */
export const RawMessage = z
  .instanceof(Buffer)
  .transform(withoutRaw)
  .pipe(
    z.object({
      id: Id,
      threadId: Id,
      labelIds: z.array(z.string()).default([]),
      historyId: z.string().optional(),
      internalDate: z.coerce.number(),
      raw: z.instanceof(Uint8Array),
    }),
  )
  .transform(({ raw, internalDate, ...rest }) => ({
    ...rest,
    acceptedAt: new Date(internalDate),
    raw: raw as Buffer<ArrayBuffer>,
  }))
export type RawMessage = z.infer<typeof RawMessage>

const Header = z.object({ name: z.string(), value: z.string() })

/** A mail as a list shows it. */
export const MailHeader = z
  .object({
    id: Id,
    labelIds: z.array(z.string()).default([]),
    payload: z.object({ headers: z.array(Header).default([]) }).default({ headers: [] }),
  })
  .transform(({ id, labelIds, payload: { headers } }) => {
    const headed = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value ?? ''
    return { id, labelIds, from: headed('from'), subject: headed('subject') }
  })
export type MailHeader = z.infer<typeof MailHeader>

export const Label = z.object({ id: Id, name: z.string(), type: z.string().optional() })
export type Label = z.infer<typeof Label>

export const Labels = z.object({ labels: z.array(Label).default([]) })

/** An answer without a body. */
export const Nothing = z.unknown().transform(() => null)

export const SentMessage = z.object({ id: Id, threadId: Id, labelIds: z.array(z.string()).default([]) })
export type SentMessage = z.infer<typeof SentMessage>

/** `expiration` in milliseconds since 1970; a watch must be renewed before, daily is advised. */
export const Watch = z
  .object({ historyId: Id, expiration: z.coerce.number() })
  .transform(({ historyId, expiration }) => ({ historyId, endsAt: new Date(expiration) }))
export type Watch = z.infer<typeof Watch>

export const SendAs = z.object({
  sendAs: z
    .array(
      z.object({
        sendAsEmail: z.string(),
        displayName: z.string().optional(),
        isPrimary: z.boolean().default(false),
        /** Absent for the primary address, which needs no proof. */
        verificationStatus: z.string().optional(),
      }),
    )
    .default([]),
})
export type SendAs = z.infer<typeof SendAs>['sendAs'][number]

const Payload = z.object({ headers: z.array(Header).default([]) }).optional()

/** Headers by their names in small letters; several of one name in the order in which they stand. */
export const MailSigns = z.object({ payload: Payload }).transform(({ payload }) => signsOf(payload))
export type MailSigns = z.infer<typeof MailSigns>

/** The same, and when Google accepted the mail. */
export const DatedSigns = z
  .object({ internalDate: z.coerce.number(), payload: Payload })
  .transform(({ internalDate, payload }) => ({ acceptedAt: new Date(internalDate), signs: signsOf(payload) }))
export type DatedSigns = z.infer<typeof DatedSigns>

function signsOf(payload: z.infer<typeof Payload>): Record<string, string[]> {
  const signs: Record<string, string[]> = {}
  for (const { name, value } of payload?.headers ?? []) {
    const key = name.toLowerCase()
    signs[key] = [...(signs[key] ?? []), value]
  }
  return signs
}
