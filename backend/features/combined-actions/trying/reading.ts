import type { Tx } from '../../../platform/tenancy.ts'
import type { PastAction, PastGift } from './past.ts'

/** More than any shop confirms in a season; what is beyond is said, not hidden. */
export const MOST_ACTIONS = 50_000
/** Of what others gave, the newest so many. */
const MOST_GIFTS = 200_000

type Raw = {
  at: number
  shopId: string
  orderId: string | null
  email: string | null
  customer: string | null
  day: string
  minor: number
}
type RawAction = Raw & Pick<PastAction, 'id' | 'ticketId' | 'byId' | 'byRole' | 'currency' | 'valueMinor'>

const customersOf = ({ shopId, email, customer }: Raw): string[] => [
  ...(email === null ? [] : [email]),
  ...(customer === null ? [] : [`${shopId}/${customer}`]),
]

/**
 * Actions since a time, the newest so many, in the order of time, in each shop's own currency. What one gave is what Shopify tells of its
 * steps, or what was planned where it tells nothing.
 */
export async function pastActions(tx: Tx, since: Date): Promise<PastAction[]> {
  const [row] = await tx.$queryRaw<[{ found: string }]>`
    select coalesce(json_agg(found order by found.at, found.id), '[]')::text as found from (
      select a.id::text, a.ticket_id::text as "ticketId", a.shop_id::text as "shopId", a.order_id::text as "orderId", a.email_key as email,
        a.customer_shopify_id::text as customer, a.by_id::text as "byId", a.by_role as "byRole", a.currency, a.value_minor as "valueMinor",
        extract(epoch from a.created_at) * 1000 as at, a.shop_day::text as day, coalesce(given.minor, 0) as minor
      from (select * from desk.combined_action where workspace_id = ${tx.workspaceId}::uuid and created_at >= ${since}
            order by created_at desc, id desc limit ${MOST_ACTIONS}) a
      left join lateral (
        select sum(coalesce(c.minor, s.minor)) as minor from desk.action_step s
        left join desk.compensation c on c.workspace_id = s.workspace_id and c.shop_id = a.shop_id and c.source = s.source and c.kind = s.kind
        where s.workspace_id = a.workspace_id and s.action_id = a.id and a.state not in ('undone', 'declined')
          and s.kind in ('refund', 'reship', 'gift_card') and s.minor > 0 and s.state <> 'dropped'
          and (s.state <> 'refused' or a.state in ('waiting_approval', 'undoable', 'running', 'parked'))) given on true
      where a.value_minor > 0) found`
  return (JSON.parse(row.found) as RawAction[]).map(({ email, customer, ...action }) => ({
    ...action,
    customers: customersOf({ ...action, email, customer }),
  }))
}

/** What shops gave since a time without an action of ours, in the order of time. */
export async function pastGifts(tx: Tx, since: Date): Promise<PastGift[]> {
  const [row] = await tx.$queryRaw<[{ found: string }]>`
    select coalesce(json_agg(found order by found.at), '[]')::text as found from (
      select g.shop_id::text as "shopId", g.order_id::text as "orderId", g.email_key as email, g.customer_shopify_id::text as customer,
        extract(epoch from g.at) * 1000 as at, (g.at at time zone h.time_zone)::date::text as day, g.minor
      from desk.shop h
      cross join lateral (
        select * from desk.compensation where workspace_id = ${tx.workspaceId}::uuid and shop_id = h.id and at >= ${since}
          and kind in ('refund', 'reship', 'gift_card') and currency = h.currency order by at desc limit ${MOST_GIFTS}) g
      where h.workspace_id = ${tx.workspaceId}::uuid and not exists (
        select from desk.action_step s where s.workspace_id = g.workspace_id and s.source = g.source and s.kind = g.kind)) found`
  return (JSON.parse(row.found) as Raw[]).map(({ email, customer, ...gift }) => ({
    ...gift,
    byId: null,
    customers: customersOf({ ...gift, email, customer }),
  }))
}
