import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ADMINS, LEADS, SETTING_READERS } from './roles.ts'

/** What sent a mail when no person did, as rules name it: what people read on the page. Add, never rename: rules hold them. */
export const MAIL_KINDS = {
  bounce: 'a report that mail did not arrive',
  auto_reply: 'an automatic answer, as of somebody on holiday',
  newsletter: 'a newsletter, or mail of a list',
  calendar: 'an answer to an invitation',
  machine: 'any mail that a machine sent, as from a no-reply address',
} as const
export type MailKind = keyof typeof MAIL_KINDS
const KINDS = Object.keys(MAIL_KINDS) as [MailKind, ...MailKind[]]

/** What becomes of a mail: what people read. `quiet` is a ticket that no machine answers and nobody is told of. */
export const MAIL_OUTCOMES = {
  ticket: 'a ticket like any other',
  quiet: 'a ticket without automatic answer and notice',
  ignored: 'no ticket',
} as const
export type MailOutcome = keyof typeof MAIL_OUTCOMES
export const MailOutcome = z.enum(Object.keys(MAIL_OUTCOMES) as [MailOutcome, ...MailOutcome[]])

export const MAIL_RULE_LIMITS = { rules: 60, entries: 200, entry: 320, name: 100, triedMails: 200 } as const

const list = z.array(z.string().trim().min(1).max(MAIL_RULE_LIMITS.entry)).max(MAIL_RULE_LIMITS.entries).default([])

/** Of each list that is not empty one entry has to fit. */
export const MailMatches = z.object({
  /** Addresses that the mail is for: returns@shop.example with or without tag, support+returns@shop.example, or +returns for any. */
  recipients: list,
  /** Names of Gmail labels. */
  labels: list,
  /** Addresses, or domains with all below them. */
  senders: list,
  kinds: z.array(z.enum(KINDS)).max(KINDS.length).default([]),
  /** Words of the subject, as whole words in this order, in any case. */
  subjects: list,
})
export type MailMatches = z.infer<typeof MailMatches>

export const MailRuleInput = z.object({
  name: z.string().trim().min(1).max(MAIL_RULE_LIMITS.name),
  active: z.boolean(),
  /** Null for all mailboxes. */
  mailboxId: z.uuid().nullable(),
  matches: MailMatches,
  outcome: MailOutcome,
})
export type MailRuleInput = z.infer<typeof MailRuleInput>

export const MailRule = MailRuleInput.extend({
  id: z.uuid(),
  /** From 1; the first rule that fits decides. */
  position: z.int(),
  /** It came with the desk. */
  preset: z.boolean(),
  /** Mails of the last 30 days that it ignored, counted to a thousand. */
  ignored: z.int(),
})
export type MailRule = z.infer<typeof MailRule>

export const MailRules = z.object({ version: z.int(), items: z.array(MailRule) })
export type MailRules = z.infer<typeof MailRules>

const Version = z.object({ version: z.int() })

export const listMailRules = endpoint('GET', '/v1/mail-rules', {
  summary: 'Which mail becomes a ticket: the rules in the order in which they are tried',
  callers: SETTING_READERS,
  reply: MailRules,
})

export const addMailRule = endpoint('POST', '/v1/mail-rules', {
  summary: 'Adds a rule at the end',
  callers: ADMINS,
  body: MailRuleInput.extend(Version.shape),
  reply: MailRules,
})

export const writeMailRule = endpoint('PUT', '/v1/mail-rules/:mailRuleId', {
  summary: 'Rewrites a rule, or switches it on or off; it counts for mail that comes from now on',
  callers: ADMINS,
  body: MailRuleInput.extend(Version.shape),
  reply: MailRules,
})

export const moveMailRule = endpoint('PUT', '/v1/mail-rules/:mailRuleId/position', {
  summary: 'Puts a rule at another place in the order',
  callers: ADMINS,
  body: Version.extend({ position: z.int().min(1).max(MAIL_RULE_LIMITS.rules) }),
  reply: MailRules,
})

export const removeMailRule = endpoint('POST', '/v1/mail-rules/:mailRuleId/removal', {
  summary: 'Removes a rule; what it ignored stays in the list of ignored mails',
  callers: ADMINS,
  body: Version,
  reply: MailRules,
})

/** How a mail ended, and what a rule would have done with it. */
export const TriedMail = z.object({
  at: z.iso.datetime(),
  sender: z.string(),
  subject: z.string(),
  /** What it is now. */
  was: z.enum(['ticket', 'answer', 'ignored', 'other']),
  would: MailOutcome,
})
export type TriedMail = z.infer<typeof TriedMail>

export const MailRuleTrial = z.object({
  /** Mails that were looked at, of the newest 200. */
  looked: z.int(),
  /** Mails that are too large, or cannot be read, and were left out. */
  skipped: z.int(),
  /** Of those that were looked at, answers to tickets: no rule touches them. */
  answers: z.int(),
  /** What this rule would have decided, newest first. */
  items: z.array(TriedMail),
})
export type MailRuleTrial = z.infer<typeof MailRuleTrial>

export const tryMailRule = endpoint('POST', '/v1/mail-rule-trials', {
  summary: 'What a rule would have done with the last 200 mails; it changes nothing',
  callers: LEADS,
  body: MailRuleInput.extend({
    /** Where it would stand; the end when not given. */
    position: z.int().min(1).max(MAIL_RULE_LIMITS.rules).optional(),
    /** The rule that it would replace. */
    ruleId: z.uuid().optional(),
  }),
  reply: MailRuleTrial,
})

export const ContactForm = z.object({
  /** The address, or the domain. */
  sender: z.string(),
  by: z.string().nullable(),
  since: z.iso.datetime(),
})
export type ContactForm = z.infer<typeof ContactForm>

export const listContactForms = endpoint('GET', '/v1/contact-forms', {
  summary: 'Senders whose mails are forms that somebody filled in: whoever is in Reply-To wrote',
  callers: SETTING_READERS,
  reply: z.object({ items: z.array(ContactForm) }),
})

export const addContactForm = endpoint('POST', '/v1/contact-forms', {
  summary: 'Adds such a sender: an address, or a domain',
  callers: ADMINS,
  body: z.object({ sender: z.string().min(1).max(320) }),
  reply: z.object({ added: z.boolean() }),
})

export const removeContactForm = endpoint('POST', '/v1/contact-forms/removals', {
  summary: 'Takes such a sender off the list; what its mails made stays',
  callers: ADMINS,
  body: z.object({ sender: z.string().min(1).max(320) }),
  reply: z.object({ removed: z.boolean() }),
})

export const AutomaticAnswers = z.object({
  /** Automatic mails that one address gets within an hour at most. */
  perHour: z.int().min(1).max(100),
})
export type AutomaticAnswers = z.infer<typeof AutomaticAnswers>

export const getAutomaticAnswers = endpoint('GET', '/v1/automatic-answers', {
  summary: 'The brake of automatic mail',
  callers: SETTING_READERS,
  reply: AutomaticAnswers,
})

export const writeAutomaticAnswers = endpoint('PUT', '/v1/automatic-answers', {
  summary: 'Sets how many automatic mails one address gets within an hour',
  callers: ADMINS,
  body: AutomaticAnswers,
  reply: AutomaticAnswers,
})
