import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { LIMITS } from './limits.ts'
import { PEOPLE_AT_WORK, READERS } from './roles.ts'

/** What became of a reply: `unknown` is looked up in the mailbox before anything is sent again. */
export const REPLY_STATES = ['planned', 'sending', 'sent', 'refused', 'unknown'] as const

export const Reply = z.object({
  id: z.uuid(),
  ticketId: z.uuid(),
  state: z.enum(REPLY_STATES),
  /** Why Gmail refused it, in words; null otherwise. */
  refusal: z.string().nullable(),
})
export type Reply = z.infer<typeof Reply>

export const sendReply = endpoint('POST', '/v1/tickets/:ticketId/replies', {
  summary: 'Answers the customer from the support address; sent once, even when the call is repeated',
  callers: PEOPLE_AT_WORK,
  status: 202,
  body: z.object({ text: z.string().trim().min(1, 'A reply needs some text').max(LIMITS.reply) }),
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
})
export type ReplyDraft = z.infer<typeof ReplyDraft>

export const startReplyDraft = endpoint('POST', '/v1/tickets/:ticketId/reply-drafts', {
  summary: 'Prepares a draft for Gmail: recipient, subject and the tokens that bring the sent mail back',
  callers: PEOPLE_AT_WORK,
  looksUp: true,
  body: z.object({ savedReplyId: z.uuid().nullable().default(null) }),
  reply: ReplyDraft,
})

export const SavedReply = z.object({
  id: z.uuid(),
  title: z.string().trim().min(1).max(LIMITS.savedReplyTitle),
  text: z.string().trim().min(1).max(LIMITS.savedReplyBody),
})
export type SavedReply = z.infer<typeof SavedReply>

export const listSavedReplies = endpoint('GET', '/v1/saved-replies', {
  summary: 'Texts to insert into an answer, by title; 100 at most',
  callers: READERS,
  /** `filled`: {agent} is replaced by the caller's name; {customer} stays, because a draft of its own knows no customer. */
  query: z.object({ filled: z.stringbool().default(false) }),
  reply: z.object({ items: z.array(SavedReply) }),
})

export const writeSavedReply = endpoint('PUT', '/v1/saved-replies/:savedReplyId', {
  summary: 'Creates or rewrites a saved reply',
  callers: ['supervisor', 'admin'],
  body: SavedReply.omit({ id: true }),
  reply: SavedReply,
})

export const removeSavedReply = endpoint('DELETE', '/v1/saved-replies/:savedReplyId', {
  summary: 'Removes a saved reply',
  callers: ['supervisor', 'admin'],
  reply: z.object({ removed: z.boolean() }),
})
