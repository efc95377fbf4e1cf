/** Staff of a workspace. Finance and read-only see tickets; only finance marks payouts as paid. */
export const STAFF_ROLES = ['agent', 'supervisor', 'finance', 'admin', 'read-only'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/** What an API key may be limited to. */
export const KEY_SCOPES = ['tickets:read', 'tickets:write'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

/** `customer` is a signed-in portal user; `public` needs no identity. */
export type Caller = StaffRole | KeyScope | 'customer' | 'public'

/** Everyone on the staff who may look at a ticket. */
export const READERS = ['agent', 'supervisor', 'finance', 'admin', 'read-only', 'tickets:read'] as const
/** Everyone who may work on a ticket. */
export const WORKERS = ['agent', 'supervisor', 'admin', 'tickets:write'] as const
/** Staff who work on tickets in person, when an act needs a human name. */
export const PEOPLE_AT_WORK = ['agent', 'supervisor', 'admin'] as const
