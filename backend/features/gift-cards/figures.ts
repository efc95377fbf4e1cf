import type { z } from 'zod'
import type { giftCardFigures } from '../../../shared/gift-cards.ts'
import { amountOf } from '../../../shared/money.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'

type By = z.infer<(typeof giftCardFigures)['query']>['by']
type Reply = z.input<(typeof giftCardFigures)['reply']>

type FigureRow = {
  group: string
  currency: string
  count: number
  issued: bigint
  redeemed: bigint
  outstanding: bigint
}

/** What was given, spent, and can still be spent, per currency, by balances that Shopify told last. */
export async function figuresOf(tx: Tx, by: By): Promise<Reply> {
  const rows = await tx.$queryRaw<FigureRow[]>(figures(tx.workspaceId, by, tx.now))
  return {
    items: rows.map(({ group, currency, count, ...sums }) => {
      const money = (minor: bigint) => amountOf({ minor: Number(minor), currency })
      return {
        group,
        count,
        issued: money(sums.issued),
        redeemed: money(sums.redeemed),
        outstanding: money(sums.outstanding),
      }
    }),
  }
}

const GROUPS: Record<By, Prisma.Sql> = {
  reason: Prisma.sql`g.reason_code`,
  agent: Prisma.sql`coalesce(st.name, case when g.import_key is null then 'Sidedesk' else 'Before the desk' end)`,
  week: Prisma.sql`to_char(date_trunc('week', g.issued_at at time zone s.time_zone), 'YYYY-MM-DD')`,
}

/** By us, or by the owner in Shopify itself. */
const TAKEN_BACK = Prisma.sql`(g.state = 'deactivated' or not coalesce(c.enabled, true))`

/**
 * The statement; exported so that a test can ask PostgreSQL for its plan. Of a card that was taken back counts what had been spent, as
 * in compensation, so that a reissued card counts once. A card whose balance nobody knows is taken for unspent.
 */
export const figures = (workspaceId: string, by: By, now: Date): Prisma.Sql => Prisma.sql`
  select "group", currency, (count(*) filter (where issued > 0))::int as count, sum(issued)::bigint as issued, sum(redeemed)::bigint as redeemed,
    sum(outstanding)::bigint as outstanding
  from (
    select ${GROUPS[by]} as "group", g.currency,
      case when ${TAKEN_BACK} then greatest(g.minor - coalesce(c.balance_minor, g.minor), 0) else g.minor end as issued,
      greatest(g.minor - coalesce(c.balance_minor, g.minor), 0) as redeemed,
      case when ${TAKEN_BACK} or g.expires_on < (${now}::timestamptz at time zone s.time_zone)::date then 0
        else coalesce(c.balance_minor, g.minor) end as outstanding
    from desk.gift_card_issue g
    join desk.shop s on s.workspace_id = g.workspace_id and s.id = g.shop_id
    left join desk.staff st on st.workspace_id = g.workspace_id and st.id = g.by_id
    left join desk.shop_gift_card c on c.workspace_id = g.workspace_id and c.shop_id = g.shop_id and c.shopify_id = g.shopify_id
    where g.workspace_id = ${workspaceId}::uuid and g.state in ('issued', 'deactivated')) cards
  group by "group", currency
  order by ${by === 'week' ? Prisma.sql`"group" desc, currency` : Prisma.sql`currency, sum(issued) desc, "group"`}`
