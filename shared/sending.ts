import { z } from 'zod'
import { DespiteDoubt, ReplyDraft } from './drafts.ts'
import { endpoint } from './endpoint.ts'
import { LIMITS } from './limits.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { ADMINS, PEOPLE_AT_WORK, SETTING_READERS, WORKERS } from './roles.ts'
import { LANGUAGES, type Language } from './settings.ts'
import { TicketCardView } from './tickets.ts'

const LanguageCode = z.enum(Object.keys(LANGUAGES) as [Language, ...Language[]])

/**
 * What happens to a ticket when the answer is read as sent. `default` is the rule of the workspace; `keep` leaves it open because the
 * answer itself is still owed, within two or four hours, by tomorrow noon, in three days at noon, or by an instant.
 */
export const SENDING_CHOICES = [
  'default',
  'solve',
  'wait',
  'keep',
  'keep_2h',
  'keep_4h',
  'keep_tomorrow',
  'keep_3d',
] as const
export const SendingChoice = z.union([z.enum(SENDING_CHOICES), z.iso.datetime()])
export type SendingChoice = z.infer<typeof SendingChoice>

export const chooseSending = endpoint('PUT', '/v1/tickets/:ticketId/sending', {
  summary: "Chooses what happens to a ticket when the caller's next answer is read as sent; it holds for a day",
  callers: PEOPLE_AT_WORK,
  body: z.object({ when: SendingChoice }),
  reply: TicketCardView,
})

const SendingKind = z.enum(['solve', 'wait', 'keep'])

/** What happens after sending when nobody chose. An answer that is kept open is owed within `hours`; null promises nothing. */
export const SendingRule = z.object({
  /** Empty: every category without a rule of its own. */
  category: z.string().trim().max(60),
  kind: SendingKind,
  hours: z.int().min(1).max(720).nullable().default(null),
})
export type SendingRule = z.infer<typeof SendingRule>

export const getSendingRules = endpoint('GET', '/v1/settings/sending', {
  summary: 'What happens to a ticket after an answer, by category',
  callers: SETTING_READERS,
  reply: z.object({ items: z.array(SendingRule) }),
})

export const writeSendingRules = endpoint('PUT', '/v1/settings/sending', {
  summary: 'Says anew what happens to a ticket after an answer',
  callers: ADMINS,
  body: z.object({ items: z.array(SendingRule).max(50) }),
  reply: z.object({ items: z.array(SendingRule) }),
})

const Days = z.int().min(1).max(365).nullable()

/** Days without a word after which something happens by itself; null is never. */
export const ClosingSettings = z.object({
  closeSolved: Days,
  /** A customer whose answer is waited for is reminded once … */
  remindPending: Days,
  /** … and so many days later their ticket closes. */
  closeReminded: Days,
  /** What the customer is written, by language; {customer}, {ticket} and {days} are filled in. A missing one is ours. */
  texts: z.partialRecord(LanguageCode, z.string().trim().max(5_000)),
})
export type ClosingSettings = z.infer<typeof ClosingSettings>

export const getClosing = endpoint('GET', '/v1/settings/closing', {
  summary: 'When solved tickets close, and when customers are reminded',
  callers: SETTING_READERS,
  reply: ClosingSettings,
})

export const writeClosing = endpoint('PUT', '/v1/settings/closing', {
  summary: 'Says when solved tickets close, and when customers are reminded',
  callers: ADMINS,
  body: ClosingSettings,
  reply: ClosingSettings,
})

export const seeThanks = endpoint('POST', '/v1/tickets/:ticketId/thanks/seen', {
  summary: 'The thanks of a customer were read: the ticket leaves their view',
  callers: WORKERS,
  body: z.object({}),
  reply: TicketCardView,
})

export const refuseThanks = endpoint('POST', '/v1/tickets/:ticketId/thanks/answer-needed', {
  summary: 'What was taken for thanks needs an answer: the ticket opens, and its customer waits since then',
  callers: WORKERS,
  body: z.object({}),
  reply: TicketCardView,
})

export const showDoubtfulAnswer = endpoint('GET', '/v1/tickets/:ticketId/doubtful-answer/card', {
  summary: 'The answer to a mail whose sender is in doubt, with the warning first, as a card',
  callers: PEOPLE_AT_WORK,
  reply: PanelCard,
})

export const showSavedReplies = endpoint('GET', '/v1/tickets/:ticketId/saved-replies/card', {
  summary: 'Saved replies and macros for a ticket, as a card',
  callers: PEOPLE_AT_WORK,
  reply: PanelCard,
})

export const searchSavedReplies = endpoint('POST', '/v1/tickets/:ticketId/saved-replies/card', {
  summary: 'Those whose title has the words that were typed',
  callers: PEOPLE_AT_WORK,
  looksUp: true,
  body: PanelFields,
  reply: PanelCard,
})

export const showSavedReply = endpoint('GET', '/v1/tickets/:ticketId/saved-replies/:savedReplyId/card', {
  summary: 'One saved reply, filled in for a ticket, with what it does besides',
  callers: PEOPLE_AT_WORK,
  query: z.object({ language: LanguageCode.optional() }),
  reply: PanelCard,
})

export const draftSavedReply = endpoint('POST', '/v1/tickets/:ticketId/saved-replies/:savedReplyId/draft', {
  summary:
    'Prepares a draft for Gmail with a saved reply in it, and does its acts; asked again it changes nothing more',
  callers: PEOPLE_AT_WORK,
  looksUp: true,
  query: z.object({ language: LanguageCode.optional() }),
  reply: ReplyDraft,
})

export const useSavedReply = endpoint('POST', '/v1/tickets/:ticketId/saved-replies/:savedReplyId/use', {
  summary: 'Sends a saved reply as it was left by the caller, and does its acts',
  callers: PEOPLE_AT_WORK,
  body: z.object({
    text: z.string().trim().min(1, 'A reply needs some text').max(LIMITS.reply),
    despiteDoubt: DespiteDoubt,
  }),
  reply: TicketCardView,
})
