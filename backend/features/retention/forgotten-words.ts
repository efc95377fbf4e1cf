/** What stands where words were. */
export const FORGOTTEN = '(forgotten)'

/** How many of what were forgotten, by closed codes that the report has words for. */
export type Counts = Partial<Record<Kind, number>>

/** What one piece of a reading found, and the row that it came to; null when nothing is left to read. */
export type WordsPiece = { last: string | null; counts: Counts }

export const KINDS = {
  tickets: 'tickets',
  messages: 'messages and notes',
  raw_mails: 'mails as they came',
  attachments: 'attachments',
  search_words: 'lists of words for the search',
  tasks: 'tasks',
  reminders: 'reminders',
  field_values: 'values of custom fields',
  forms: 'forms of actions',
  promises: 'promises and comparisons',
  words_beside: 'words with claims, escalations and hand-overs',
  requests: 'requests to Gmail and Shopify',
  actions: 'actions, which stay without their people',
  customers: 'customers',
  loose_mails: 'mails that became no ticket',
  elsewhere: "messages of others' tickets that named them",
  replies: 'answers kept for repeated requests',
  notices: 'notices',
  setting_changes: 'changes of settings that named them',
  orders: 'shop customers and orders',
  exports: 'exports',
} as const
export type Kind = keyof typeof KINDS

/** @returns both together; what is none stands nowhere */
export function sumOf(one: Counts, other: Counts): Counts {
  const sum: Counts = { ...one }
  for (const [kind, count] of Object.entries(other) as [Kind, number][])
    if (count > 0) sum[kind] = (sum[kind] ?? 0) + count
  return sum
}
