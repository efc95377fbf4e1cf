/** Staff of a workspace. Finance and read-only see tickets; only finance marks payouts as paid. */
export const STAFF_ROLES = ['agent', 'supervisor', 'finance', 'admin', 'read-only'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/** What an API key may be limited to. Add, never rename: keys hold them. */
export const KEY_SCOPES = [
  'tickets:read',
  'tickets:write',
  'orders:read',
  'actions:read',
  'gift-cards:read',
  'finance:read',
  'settings:read',
  'figures:read',
  'webhooks:read',
  'webhooks:write',
] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

/** `customer` is a signed-in portal user; `public` needs no identity. */
export type Caller = StaffRole | KeyScope | 'customer' | 'public'

/** Everyone on the staff who may look at a ticket. */
export const READERS = [...STAFF_ROLES, 'tickets:read'] as const
/** Everyone who may work on a ticket. */
export const WORKERS = ['agent', 'supervisor', 'admin', 'tickets:write'] as const
/** Staff who work on tickets in person, when an act needs a human name. */
export const PEOPLE_AT_WORK = ['agent', 'supervisor', 'admin'] as const
/** Whoever answers for a team. */
export const LEADS = ['supervisor', 'admin'] as const
export const ADMINS = ['admin'] as const
/** Whoever keeps the books; only people do. */
export const BOOKKEEPERS = ['finance', 'admin'] as const

export const ORDER_READERS = [...STAFF_ROLES, 'orders:read'] as const
export const ACTION_READERS = [...STAFF_ROLES, 'actions:read'] as const
export const GIFT_CARD_READERS = [...STAFF_ROLES, 'gift-cards:read'] as const
export const BOOK_READERS = [...BOOKKEEPERS, 'finance:read'] as const
/** What is set for everybody, and who is on the staff. */
export const SETTING_READERS = [...STAFF_ROLES, 'settings:read'] as const
/** Whoever sees the figures of everybody; agents see their own work in their queues. */
export const FIGURE_PEOPLE = ['supervisor', 'finance', 'admin', 'read-only'] as const
export const FIGURE_READERS = [...FIGURE_PEOPLE, 'figures:read'] as const
export const WEBHOOK_READERS = ['admin', 'webhooks:read', 'webhooks:write'] as const
export const WEBHOOK_KEEPERS = ['admin', 'webhooks:write'] as const
