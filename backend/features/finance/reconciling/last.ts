import { Prisma } from '../../../generated/prisma/client.ts'

/** How a shop was compared with the books last; `at` is null while it never was. `since`: connected. */
export type LastComparison = {
  shopId: string
  shop: string
  since: Date
  at: Date | null
  compared: number
  differences: number
}

/** The last comparison that came to its end, of each shop that is compared each night or should be, by index. */
export const lastComparisonsSql = (workspaceId: string): Prisma.Sql => Prisma.sql`
  select s.id::text as "shopId", s.name as shop, s.created_at as since, c.at, coalesce(c.compared, 0)::int as compared, coalesce(c.differences, 0)::int as differences
  from desk.shop s left join lateral (
    select r.ended_at as at, r.compared, r.differences from desk.reconciliation r
    where r.workspace_id = s.workspace_id and r.shop_id = s.id and r.ended_at is not null order by r.to_at desc, r.id desc limit 1) c on true
  where s.workspace_id = ${workspaceId}::uuid and s.state in ('connected', 'needs_access', 'frozen') order by s.id`

/** What a comparison came to, in words. */
export function comparisonWords({ compared, differences }: Pick<LastComparison, 'compared' | 'differences'>): string {
  const steps = `${compared} step${compared === 1 ? '' : 's'} compared`
  if (differences === 0) return `${steps}, no difference`
  return `${steps}, ${differences} difference${differences === 1 ? '' : 's'}`
}
