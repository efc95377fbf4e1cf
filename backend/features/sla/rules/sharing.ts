import type { CustomerTier } from '../../../../shared/sla.ts'
import type { Ctx } from '../../../context.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { Measure } from '../clock/measure.ts'
import { hasHours } from './defaults.ts'
import { rulesIn } from './loading.ts'
import { tiersOf } from './tiers.ts'

/** When the desk is open; null while nobody has said so. */
export async function openHoursIn(tx: Tx): Promise<Measure | null> {
  const { rules, openTime } = await rulesIn(tx)
  return hasHours(rules.hours) ? openTime : null
}

/** The tiers of customers by their ids; who is not in it is standard. */
export async function customerTiersIn(ctx: Ctx, tx: Tx, ids: readonly string[]): Promise<Map<string, CustomerTier>> {
  const { rules } = await rulesIn(tx)
  return tiersOf(tx, await ctx.keyring.box(tx), rules.tiers, ids)
}

/** What days that are not as their weekday are called; null for a usual day. Days are YYYY-MM-DD. */
export async function specialDaysIn(tx: Tx): Promise<(day: string) => string | null> {
  const { rules } = await rulesIn(tx)
  const length = ({ from, to }: { from: string; to: string }) => Date.parse(to) - Date.parse(from)
  const shortestFirst = rules.hours.specialDays.toSorted((one, other) => length(one) - length(other))
  return (day) => {
    const found = shortestFirst.find(({ from, to }) => from <= day && day <= to)
    return found ? found.name || 'Special day' : null
  }
}
