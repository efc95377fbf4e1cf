import { type ActionState, OPEN_STATES, type StepKind } from '../../../../shared/combined-actions.ts'
import type { Money } from '../../../../shared/money.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { sinceFor } from '../../orders/index.ts'
import type { ActionRow } from '../locking.ts'
import type { Weighing } from './limits.ts'

/** Refunds, gift cards and reships so far, in the smallest unit of the shop's currency. */
export type Given = { order: number; customerYear: number; agentDay: number; shopDay: number }

const GIVING: readonly StepKind[] = ['refund', 'gift_card', 'reship']

/** What an action would still give: its steps that `givenSoFar` leaves out for it. */
export function pendingOf({ state, currency, steps }: ActionRow): Money {
  const comes = isOpen(state) ? ['planned', 'refused'] : []
  const pending = steps.filter((step) => GIVING.includes(step.kind) && comes.includes(step.state))
  return { minor: pending.reduce((sum, { minor }) => sum + Number(minor ?? 0), 0), currency }
}

const isOpen = (state: ActionState) => (OPEN_STATES as readonly ActionState[]).includes(state)

/**
 * What was given to an order and a customer, by an agent today and by a shop today: all that Shopify told, whoever did it, and of our
 * own actions what Shopify has not told yet, planned or done. A thing that both know counts as Shopify tells it: a reship that was
 * cancelled, or a card that was taken back, is no more what it was planned to be. Refunds whose money the bank still holds are known by
 * us only. Amounts in other currencies than the shop's are left out.
 */
export async function givenSoFar(tx: Tx, weighing: Weighing): Promise<Given> {
  const { shopId, orderId, customerShopifyId, emailKey, byId, currency, day, timeZone, exceptActionId } = weighing
  const workspaceId = tx.workspaceId
  const since = sinceFor(tx.now)
  const customer = customerShopifyId === null ? null : String(customerShopifyId)
  const [row] = await tx.$queryRaw<Record<keyof Given, bigint>[]>`
    with chosen as materialized (
      select id from desk.combined_action where workspace_id = ${workspaceId}::uuid and order_id = ${orderId}::uuid
      union
      select id from desk.combined_action where workspace_id = ${workspaceId}::uuid and email_key = ${emailKey}::text and created_at >= ${since}
      union
      select id from desk.combined_action where workspace_id = ${workspaceId}::uuid and shop_id = ${shopId}::uuid
        and customer_shopify_id = ${customer}::bigint and created_at >= ${since}
      union
      select id from desk.combined_action where workspace_id = ${workspaceId}::uuid and shop_id = ${shopId}::uuid and shop_day = ${day}::date
      union
      select id from desk.combined_action where workspace_id = ${workspaceId}::uuid and by_id = ${byId}::uuid
        and created_at >= ${day}::date - interval '2 days' and shop_day = ${day}::date),
    step as materialized (
      -- the number in a source is read into a column here: a cast in a join would keep it out of the index under row-level security
      select a.id as action_id, a.shop_id, a.order_id, a.by_id, a.shop_day, a.created_at,
        a.email_key = ${emailKey}::text or (a.shop_id = ${shopId}::uuid and a.customer_shopify_id = ${customer}::bigint) as theirs,
        s.kind, s.minor, s.source, nullif(split_part(s.source, '/', 2), '')::bigint as number
      from chosen c
      join desk.combined_action a on a.workspace_id = ${workspaceId}::uuid and a.id = c.id
      join desk.action_step s on s.workspace_id = ${workspaceId}::uuid and s.action_id = a.id
      where a.currency = ${currency} and a.state not in ('undone', 'declined') and s.kind in ('refund', 'reship', 'gift_card') and s.minor > 0
        and s.state <> 'dropped' and (s.state <> 'refused' or a.state in ('waiting_approval', 'undoable', 'running', 'parked'))
        and (a.id is distinct from ${exceptActionId}::uuid or s.state not in ('planned', 'refused'))),
    ours as materialized (
      -- looked up one by one: joined, PostgreSQL would rather read all that was ever given
      select p.*, g.minor is not null as told, coalesce(g.minor, case when o.gone or k.gone then 0 else p.minor end) as worth
      from step p
      left join lateral (select c.minor from desk.compensation c where c.workspace_id = ${workspaceId}::uuid and c.shop_id = p.shop_id
        and c.source = p.source and c.kind = p.kind limit 1) g on true
      left join lateral (select true as gone from desk.shop_order h where p.kind = 'reship' and h.workspace_id = ${workspaceId}::uuid
        and h.shop_id = p.shop_id and h.shopify_id = p.number limit 1) o on true
      left join lateral (select true as gone from desk.shop_gift_card h where p.kind = 'gift_card' and h.workspace_id = ${workspaceId}::uuid
        and h.shop_id = p.shop_id and h.shopify_id = p.number limit 1) k on true),
    of_customer as (
      select shop_id, source, kind, minor from desk.compensation
      where workspace_id = ${workspaceId}::uuid and email_key = ${emailKey}::text and at >= ${since} and currency = ${currency}
      union
      select shop_id, source, kind, minor from desk.compensation
      where workspace_id = ${workspaceId}::uuid and shop_id = ${shopId}::uuid and customer_shopify_id = ${customer}::bigint and at >= ${since}
        and currency = ${currency})
    select
      (select coalesce(sum(minor), 0) from desk.compensation g
        where workspace_id = ${workspaceId}::uuid and order_id = ${orderId}::uuid and kind in ('refund', 'reship', 'gift_card')
          and not exists (select from ours where ours.told and ours.shop_id = g.shop_id and ours.source = g.source and ours.kind = g.kind))
        + (select coalesce(sum(worth), 0) from ours where order_id = ${orderId}::uuid) as "order",
      (select coalesce(sum(minor), 0) from of_customer where kind in ('refund', 'reship', 'gift_card')
          and (shop_id, source, kind) not in (select shop_id, source, kind from ours where told))
        + (select coalesce(sum(worth), 0) from ours where theirs and created_at >= ${since}) as "customerYear",
      (select coalesce(sum(worth), 0) from ours where by_id = ${byId}::uuid and shop_day = ${day}::date) as "agentDay",
      (select coalesce(sum(minor), 0) from desk.compensation
        where workspace_id = ${workspaceId}::uuid and shop_id = ${shopId}::uuid and at >= ${day}::date::timestamp at time zone ${timeZone}
          and at < (${day}::date + 1)::timestamp at time zone ${timeZone} and kind in ('refund', 'reship', 'gift_card') and currency = ${currency})
        + (select coalesce(sum(worth), 0) from ours where shop_id = ${shopId}::uuid and shop_day = ${day}::date and not told) as "shopDay"`
  return {
    order: Number(row?.order ?? 0),
    customerYear: Number(row?.customerYear ?? 0),
    agentDay: Number(row?.agentDay ?? 0),
    shopDay: Number(row?.shopDay ?? 0),
  }
}
