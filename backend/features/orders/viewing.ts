import { Prisma } from '../../generated/prisma/client.ts'
import type { GivenRow } from './compensated.ts'

/** Orders that a ticket's card shows; one more is read, to know whether there are more. */
export const ON_CARD = 5

/** An order as the statements below give it; instants are ISO strings, the summary is sealed, as base64. */
export type OrderRow = {
  id: string
  shopId: string
  shopName: string
  domain: string
  shopState: string
  shopifyId: string
  name: string
  placedAt: string
  checkedAt: string
  cancelledAt: string | null
  deletedAt: string | null
  test: boolean
  financial: string
  fulfilment: string
  via: 'named' | 'linked' | 'bought' | null
  linkedAt: string | null
  linkedBy: string | null
  confirmedAt: string | null
  /** A mail of the ticket's customer is proved to come from an address of this order. */
  own: boolean
  summary: string
  given: GivenRow[]
  /** What `Beside.acting` gave for it. */
  acting: unknown
}

export type ShopRow = {
  name: string
  state: string
  problem: string | null
  seesAll: boolean
  loadState: string | null
  loadedCount: number | null
  loadTotal: number | null
  loadProblem: string | null
  sweptAt: string | null
}

/** The orders' column of a ticket card. */
export type OrdersRow = {
  shops: ShopRow[]
  orders: OrderRow[]
  /** What the buyers of the open orders got in all. */
  given: GivenRow[]
  /** Whether any mail of the ticket's customer is proved to come from its address. */
  proven: boolean
}

/** Whose orders: expressions of the statement that this becomes a part of. */
export type Beside = {
  workspaceId: Prisma.Sql
  ticketId: Prisma.Sql
  /** text[]: look-up keys of the customer's addresses. */
  addresses: Prisma.Sql
  /** text[]: look-up keys of addresses that mails of the ticket's customer are proved to come from. */
  proven: Prisma.Sql
  /** Compensation counts from here on. */
  since: Date
  /** JSON: who acts on the order `o`; null when nobody does. */
  acting: Prisma.Sql
}

/** One JSON value with all that a ticket's card shows of orders: what a person linked first, then named in its mail, then bought; newest first. */
export const ordersOfTicketSql = (beside: Beside): Prisma.Sql => {
  const { workspaceId, ticketId } = beside
  return ordersSql(
    beside,
    Prisma.sql`
      select order_id, min(place) as place from (
        select k.order_id, case when k.by_id is not null then 0 else 1 end as place from desk.ticket_order k
        where k.workspace_id = ${workspaceId} and k.ticket_id = ${ticketId} and k.undone_at is null
        union all
        select b.order_id, 2 from who cross join unnest(who.addresses) as a (key) cross join lateral (
          select k.order_id from desk.order_key k where k.workspace_id = ${workspaceId} and k.kind = 'email' and k.key = a.key
          order by k.placed_at desc, k.order_id desc limit ${ON_CARD + 1}) b) candidate
      group by order_id`,
    ON_CARD + 1,
  )
}

/** The same for orders that somebody asks for. @param ids most wanted first */
export const ordersByIdSql = (beside: Beside, ids: readonly string[]): Prisma.Sql =>
  ordersSql(
    beside,
    Prisma.sql`select order_id, 2 + place as place from unnest(${[...ids]}::uuid[]) with ordinality as asked (order_id, place)`,
    ids.length,
  )

function ordersSql(beside: Beside, chosen: Prisma.Sql, most: number): Prisma.Sql {
  const { workspaceId, ticketId, addresses, proven, since, acting } = beside
  return Prisma.sql`(
    with who as materialized (select ${addresses} as addresses, ${proven} as proven),
    picked as materialized (
      select o.id, c.place, o.placed_at from (${chosen}) c
      join desk.shop_order o on o.workspace_id = ${workspaceId} and o.id = c.order_id
      order by c.place, o.placed_at desc, o.id desc limit ${most}),
    seen as materialized (
      select p.id, p.place, p.placed_at, l.via, l.by_id, l.at, l.confirmed_at, exists (
        select from desk.order_key e where e.workspace_id = ${workspaceId} and e.order_id = p.id and e.kind = 'email' and e.key = any(who.proven)) as own
      from picked p cross join who
      left join desk.ticket_order l on l.workspace_id = ${workspaceId} and l.ticket_id = ${ticketId} and l.order_id = p.id and l.undone_at is null),
    known as materialized (
      -- read into columns here: a cast in the condition below would keep it out of the index under row-level security
      select distinct k.kind, k.key, case k.kind when 'customer' then left(k.key, 36)::uuid end as shop_id,
        case k.kind when 'customer' then substr(k.key, 38)::bigint end as customer
      from seen s join desk.order_key k on k.workspace_id = ${workspaceId} and k.order_id = s.id and k.kind in ('email', 'customer')
      where s.own or s.confirmed_at is not null)
    select json_build_object(
      'proven', (select cardinality(proven) > 0 from who),
      'shops', (select coalesce(json_agg(json_build_object('name', h.name, 'state', h.state, 'problem', h.problem,
          'seesAll', 'read_all_orders' = any(h.scopes), 'loadState', f.load_state, 'loadedCount', f.loaded_count, 'loadTotal', f.load_total,
          'loadProblem', f.load_problem, 'sweptAt', f.swept_at) order by h.id), '[]')
        from desk.shop h left join desk.shop_feed f on f.workspace_id = h.workspace_id and f.shop_id = h.id
        where h.workspace_id = ${workspaceId} and h.state <> 'disconnected'),
      'orders', (select coalesce(json_agg(json_build_object(
          'id', o.id, 'shopId', h.id, 'shopName', h.name, 'domain', h.domain, 'shopState', h.state, 'shopifyId', o.shopify_id::text, 'name', o.name,
          'placedAt', o.placed_at, 'checkedAt', o.checked_at, 'cancelledAt', o.cancelled_at, 'deletedAt', o.deleted_at, 'test', o.test,
          'financial', o.financial, 'fulfilment', o.fulfilment, 'via', coalesce(s.via, case s.place when 2 then 'bought' end),
          'linkedAt', case when s.by_id is not null then s.at end, 'linkedBy', coalesce(w.name, k.name), 'confirmedAt', s.confirmed_at,
          'own', s.own, 'summary', encode(o.summary, 'base64'), 'acting', ${acting}, 'given', (
            select coalesce(json_agg(g), '[]') from (
              select c.kind, c.currency, sum(c.minor) as minor, sum(c.cost_minor) as cost, count(*) as count, count(*) - count(c.cost_minor) as uncosted
              from desk.compensation c where c.workspace_id = ${workspaceId} and c.order_id = o.id and c.at >= ${since} group by c.kind, c.currency) g)
        ) order by s.place, s.placed_at desc, s.id desc), '[]')
        from seen s join desk.shop_order o on o.workspace_id = ${workspaceId} and o.id = s.id
        join desk.shop h on h.workspace_id = ${workspaceId} and h.id = o.shop_id
        left join desk.staff w on w.workspace_id = ${workspaceId} and w.id = s.by_id
        left join desk.api_key k on k.workspace_id = ${workspaceId} and k.id = s.by_id),
      'given', (select coalesce(json_agg(g), '[]') from (
        select kind, currency, sum(minor) as minor, sum(cost_minor) as cost, count(*) as count, count(*) - count(cost_minor) as uncosted from (
          select c.shop_id, c.source, c.kind, c.currency, c.minor, c.cost_minor from known b
          join desk.compensation c on c.workspace_id = ${workspaceId} and c.email_key = b.key and c.at >= ${since} where b.kind = 'email'
          union
          select c.shop_id, c.source, c.kind, c.currency, c.minor, c.cost_minor from known b
          join desk.compensation c on c.workspace_id = ${workspaceId} and c.shop_id = b.shop_id and c.customer_shopify_id = b.customer
            and c.at >= ${since} where b.kind = 'customer') one
        group by kind, currency) g)))`
}
