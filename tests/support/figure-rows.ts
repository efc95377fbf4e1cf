import { idOf } from './figure-desk.ts'
import type { HandRow } from './hand-lake.ts'

/** Rows of what is not a ticket, for a lake that a test writes by hand. Ids are what the test says, so that a share can be named. */

/** A combined action on a ticket. @param at when it was confirmed, in UTC: `2026-11-02 09:00` */
export const actionRow = (id: string, ticket: number, at: string, more: HandRow = {}): HandRow => ({
  id,
  ticket_id: idOf(ticket),
  state: 'done',
  reason: 'damaged',
  currency: 'EUR',
  value_minor: 1_000,
  created_at: at,
  ended_at: more['state'] && more['state'] !== 'done' ? null : at,
  ...more,
})

/** A step of one, done. */
export const stepRow = (id: string, action: HandRow, kind: string, at: string, more: HandRow = {}): HandRow => ({
  id,
  action_id: action['id'] ?? null,
  ticket_id: action['ticket_id'] ?? null,
  kind,
  reason: action['reason'] ?? null,
  by_id: action['by_id'] ?? null,
  state: 'done',
  done_at: at,
  ...more,
})

/** A line of an order that an action was about. @param place in the action, from 1 */
export const lineRow = (action: HandRow, place: number, product: string | null, more: HandRow = {}): HandRow => ({
  id: `${action['id']}:${place}`,
  action_id: action['id'] ?? null,
  ticket_id: action['ticket_id'] ?? null,
  product_id: product,
  quantity: 1,
  minor: 1_000,
  currency: action['currency'] ?? null,
  at: action['created_at'] ?? null,
  ...more,
})

/** Something that was given back, as Shopify has it. */
export const givenRow = (id: string, kind: string, minor: number, at: string, more: HandRow = {}): HandRow => ({
  id,
  kind,
  minor,
  currency: 'EUR',
  at,
  customer_key: 'shop:1',
  ...more,
})

/** A card of the issuance log of which nothing was spent. */
export const cardRow = (id: string, minor: number, at: string, more: HandRow = {}): HandRow => ({
  id,
  minor,
  balance_minor: minor,
  spent_minor: 0,
  currency: 'EUR',
  reason: 'goodwill',
  state: 'issued',
  issued_at: at,
  taken_back: false,
  imported: false,
  ...more,
})

/** A log-in, shift or break of somebody. */
export const stretchRow = (
  id: string,
  staff: string,
  from: string,
  until: string | null,
  more: HandRow = {},
): HandRow => ({
  id,
  staff_id: staff,
  from_at: from,
  until_at: until,
  ...more,
})
