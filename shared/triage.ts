import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PanelCard } from './panel.ts'
import { ADMINS, READERS, SETTING_READERS, WORKERS } from './roles.ts'
import { LANGUAGES, type Language } from './settings.ts'
import { TicketCardView, TicketPriority } from './tickets.ts'

/** Priorities that have keywords, in the order in which they are tried; what says none of them is normal. */
export const KEYWORD_PRIORITIES = ['urgent', 'high', 'low'] as const

/** The category of what says none of the keywords. */
export const OTHER_CATEGORY = 'other'

const CODES = Object.keys(LANGUAGES) as [Language, ...Language[]]

/** Two letters of a language that the desk knows. */
export const LanguageCode = z.enum(CODES)

export const KEYWORD_LIMITS = { length: 60, perList: 200, lists: 400 } as const

/** Words or phrases of one list in one language; `any` counts in every language. */
export const KeywordList = z.object({
  kind: z.enum(['priority', 'category']),
  /** urgent, high or low; or the id of a category. */
  value: z.string().min(1).max(60),
  language: z.union([LanguageCode, z.literal('any')]),
  words: z
    .array(
      z.string().trim().min(1).max(KEYWORD_LIMITS.length, `A keyword has at most ${KEYWORD_LIMITS.length} characters.`),
    )
    .max(KEYWORD_LIMITS.perList, `A list has at most ${KEYWORD_LIMITS.perList} keywords.`),
})
export type KeywordList = z.infer<typeof KeywordList>

export const Keywords = z.object({
  /** What the editor saw; grows with every edit. */
  version: z.int().min(0),
  lists: z.array(KeywordList).max(KEYWORD_LIMITS.lists),
})
export type Keywords = z.infer<typeof Keywords>

export const getKeywords = endpoint('GET', '/v1/keywords', {
  summary: 'Keywords by which new tickets get priority and category',
  callers: SETTING_READERS,
  reply: Keywords,
})

export const putKeywords = endpoint('PUT', '/v1/keywords', {
  summary: 'Replaces all keywords; they count from the next mail on',
  callers: ADMINS,
  body: Keywords,
  reply: Keywords,
})

export const Verdict = z.object({
  priority: TicketPriority,
  /** The keyword that decided; null when none did. */
  priorityWord: z.string().nullable(),
  category: z.string().nullable(),
  categoryWord: z.string().nullable(),
  /** null: unsure. */
  language: LanguageCode.nullable(),
})
export type Verdict = z.infer<typeof Verdict>

export const tryKeywords = endpoint('POST', '/v1/keyword-trials', {
  summary: 'What a mail would be; nothing is made of it',
  callers: SETTING_READERS,
  looksUp: true,
  body: z.object({ subject: z.string().max(998).default(''), text: z.string().max(20_000).default('') }),
  reply: Verdict,
  tags: ['keywords'],
})

export const Category = z.object({
  /** Stable: letters, digits and hyphens. */
  id: z
    .string()
    .max(60)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'The id of a category has small letters, digits and hyphens.'),
  /** By language; the first language of the workspace is shown, else English, else the id. */
  labels: z.partialRecord(LanguageCode, z.string().trim().min(1).max(60)),
  retired: z.boolean().default(false),
})
export type Category = z.infer<typeof Category>

export const Categories = z.object({ version: z.int().min(0), items: z.array(Category).min(1).max(50) })
export type Categories = z.infer<typeof Categories>

export const listCategories = endpoint('GET', '/v1/categories', {
  summary: 'What tickets can be about, in the order in which keywords are tried',
  callers: [...READERS, 'settings:read'],
  reply: Categories,
})

export const putCategories = endpoint('PUT', '/v1/categories', {
  summary: 'Replaces the list; a category that was there is renamed, moved or retired, never left out',
  callers: ADMINS,
  body: Categories,
  reply: Categories,
})

export const setLanguage = endpoint('PUT', '/v1/tickets/:ticketId/language', {
  summary: 'Says in which language the customer writes',
  callers: WORKERS,
  /** A form cannot send null, so `none` says that nobody knows. */
  body: z.object({ language: z.union([LanguageCode, z.literal('none')]) }),
  reply: TicketCardView,
})

export const showLanguage = endpoint('GET', '/v1/tickets/:ticketId/language/card', {
  summary: 'The language of a ticket, as a card',
  callers: READERS,
  reply: PanelCard,
})
