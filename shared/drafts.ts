import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { LIMITS } from './limits.ts'
import { LEADS, PEOPLE_AT_WORK, READERS, SETTING_READERS } from './roles.ts'
import { LANGUAGES, type Language } from './settings.ts'

const LanguageCode = z.enum(Object.keys(LANGUAGES) as [Language, ...Language[]])

/** What became of a reply: `unknown` is looked up in the mailbox before anything is sent again, `unclear` is left to a person. */
export const REPLY_STATES = ['planned', 'sending', 'sent', 'refused', 'unknown', 'unclear'] as const

export const Reply = z.object({
  id: z.uuid(),
  ticketId: z.uuid(),
  state: z.enum(REPLY_STATES),
  /** Why Gmail refused it, or why nobody can tell, in words; null otherwise. */
  refusal: z.string().nullable(),
})
export type Reply = z.infer<typeof Reply>

/**
 * That the answer goes out although the newest mail is forged or shows a trick; without it such an answer is refused with
 * needs_confirmation, which says what speaks against the mail and where the answer would go. Where nothing does it says nothing.
 */
export const DespiteDoubt = z.boolean().default(false)

export const sendReply = endpoint('POST', '/v1/tickets/:ticketId/replies', {
  summary: 'Answers the customer from the support address; sent once, even when the call is repeated',
  callers: PEOPLE_AT_WORK,
  status: 202,
  body: z.object({
    text: z.string().trim().min(1, 'A reply needs some text').max(LIMITS.reply),
    despiteDoubt: DespiteDoubt,
  }),
  reply: Reply,
})

export const getReply = endpoint('GET', '/v1/tickets/:ticketId/replies/:replyId', {
  summary: 'What became of a reply',
  callers: READERS,
  reply: Reply,
})

/** Everything a draft in Gmail needs so that the sent mail is seen again and known as this agent's. */
export const ReplyDraft = z.object({
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  replyTo: z.string(),
  bcc: z.string(),
  /** What speaks against the mail that it answers: it must go to `to`, and not where that mail would have it. */
  doubt: z.array(z.string()).optional(),
})
export type ReplyDraft = z.infer<typeof ReplyDraft>

export const startReplyDraft = endpoint('POST', '/v1/tickets/:ticketId/reply-drafts', {
  summary: 'Prepares a draft for Gmail: recipient, subject and the tokens that bring the sent mail back',
  callers: PEOPLE_AT_WORK,
  looksUp: true,
  body: z.object({ savedReplyId: z.uuid().nullable().default(null) }),
  reply: ReplyDraft,
})

/** What a saved reply does besides its text, in one press; with acts it is a macro. */
export const MacroActs = z.object({
  sending: z.enum(['solve', 'wait', 'keep', 'keep_2h', 'keep_4h', 'keep_tomorrow', 'keep_3d']).optional(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
  category: z.string().trim().min(1).max(60).optional(),
  tags: z.array(z.string().trim().min(1).max(LIMITS.tag)).max(LIMITS.tags).optional(),
  /** Gives the ticket to whoever presses. */
  take: z.literal(true).optional(),
  /** Gives it to this person instead; if they have left by then it stays where it is. */
  assigneeId: z.uuid().optional(),
})
export type MacroActs = z.infer<typeof MacroActs>

const Texts = z.partialRecord(LanguageCode, z.string().trim().min(1).max(LIMITS.savedReplyBody))

export const SavedReply = z.object({
  id: z.uuid(),
  title: z.string().trim().min(1).max(LIMITS.savedReplyTitle),
  text: z.string().trim().min(1).max(LIMITS.savedReplyBody),
  /** The text in other languages. */
  variants: Texts.default({}),
  acts: MacroActs.default({}),
  /** `own` is for whoever wrote it. */
  scope: z.enum(['workspace', 'own']).default('workspace'),
  used: z.int().default(0),
})
export type SavedReply = z.infer<typeof SavedReply>

export const listSavedReplies = endpoint('GET', '/v1/saved-replies', {
  summary: "Texts to insert into an answer, by title: the workspace's and the caller's own; 150 at most",
  callers: READERS,
  /** `filled`: {agent} is replaced by the caller's name, in every language; the others stay, because a draft of its own knows no customer. */
  query: z.object({ filled: z.stringbool().default(false) }),
  reply: z.object({ items: z.array(SavedReply) }),
})

export const SavedReplyInput = SavedReply.omit({ id: true, used: true })
export type SavedReplyInput = z.infer<typeof SavedReplyInput>

export const writeSavedReply = endpoint('PUT', '/v1/saved-replies/:savedReplyId', {
  summary: 'Creates or rewrites a saved reply; agents write their own',
  callers: PEOPLE_AT_WORK,
  body: SavedReplyInput,
  reply: SavedReply,
})

export const removeSavedReply = endpoint('DELETE', '/v1/saved-replies/:savedReplyId', {
  summary: 'Removes a saved reply; agents remove their own',
  callers: PEOPLE_AT_WORK,
  reply: z.object({ removed: z.boolean() }),
})

/** What frames a mail that we send: {text} and {signature} have their places in it. */
export const MailTemplate = z.object({
  language: LanguageCode,
  layout: z.string().max(10_000),
  /** Plain text alone when it is empty. */
  html: z.string().max(50_000),
})
export type MailTemplate = z.infer<typeof MailTemplate>

export const listTemplates = endpoint('GET', '/v1/settings/templates', {
  summary: 'Layouts of outgoing mail by language',
  callers: SETTING_READERS,
  reply: z.object({ items: z.array(MailTemplate) }),
})

export const writeTemplate = endpoint('PUT', '/v1/settings/templates', {
  summary: 'Sets the layout of one language; two empty ones remove it',
  callers: LEADS,
  body: MailTemplate,
  reply: z.object({ items: z.array(MailTemplate) }),
})

export const writeSignature = endpoint('PUT', '/v1/me/signature', {
  summary: "Sets the caller's signature; an empty one removes it",
  callers: PEOPLE_AT_WORK,
  body: z.object({ text: z.string().trim().max(2_000) }),
  reply: z.object({ text: z.string() }),
  tags: ['settings'],
})
