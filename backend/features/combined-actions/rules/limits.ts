import type { ActionSettings, ApprovalCause } from '../../../../shared/combined-actions.ts'
import { inWords, type Money, placesOf } from '../../../../shared/money.ts'
import { dayIn } from '../../../platform/calendar.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { LiveOrder } from '../planning/live-order.ts'
import type { Given } from './given.ts'
import { givenSoFar } from './given.ts'
import { receiversOf } from './receivers.ts'

/** Why a second person must agree, with words for the one who asks. */
export type Cause = { cause: ApprovalCause; words: string }

export type Weighed = {
  causes: Cause[]
  /** What the order and the customer have had, and have with this, in words. */
  compensation: string
}

export type Role = keyof ActionSettings['limits']
type LimitCause = Extract<ApprovalCause, `${string}_limit`>

/** Whose action it is, and what counts with it. */
export type Weighing = {
  shopId: string
  orderId: string
  customerShopifyId: bigint | null
  emailKey: string | null
  /** Who confirms, or confirmed. */
  byId: string
  /** Of the shop: limits count in it. */
  currency: string
  /** The day where the shop is, YYYY-MM-DD. */
  day: string
  timeZone: string
  /** The action that is weighed, when it is written down already: what it has not done yet is left out of the sums. */
  exceptActionId: string | null
}

/**
 * Whether an intention needs a second person. In the transaction that confirms it, `confirming` lets confirmations of a workspace wait
 * for each other, so that two at once cannot both stay under a limit that they pass together.
 */
export async function causesOf(
  tx: Tx,
  asked: {
    live: LiveOrder
    value: Money
    by: { id: string; role: string }
    settings: ActionSettings
    exceptActionId?: string | null
    confirming?: boolean
  },
): Promise<Weighed> {
  const { live, value, by, settings } = asked
  if (asked.confirming) await waitForConfirmations(tx)
  const given = await givenSoFar(tx, {
    shopId: live.shop.id,
    orderId: live.orderId,
    customerShopifyId: live.receiver.customerShopifyId === null ? null : BigInt(live.receiver.customerShopifyId),
    emailKey: live.receiver.emailKey,
    byId: by.id,
    currency: live.shop.currency,
    day: dayIn(live.shop.timeZone, tx.now),
    timeZone: live.shop.timeZone,
    exceptActionId: asked.exceptActionId ?? null,
  })
  const limits = limitCauses(given, value, roleOf(by.role), settings)
  return {
    causes: [
      ...limits,
      ...((await isOfStaff(tx, live.receiver.emailKeys)) ? [STAFF] : []),
      ...(live.disputed ? [DISPUTE] : []),
    ],
    compensation: compensationWords(given, value),
  }
}

const STAFF: Cause = { cause: 'staff_address', words: 'the order belongs to somebody of the staff' }
const DISPUTE: Cause = { cause: 'open_dispute', words: 'the customer’s bank has an open dispute about this order' }

/** Confirmations are short and few: one lock for all limits of a workspace cannot be taken in a wrong order. */
export async function waitForConfirmations(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('combined-actions:limits:' || ${tx.workspaceId}, 0))`
}

/** Which limits of a role an action of this value passes, on top of what was given before. */
export async function overLimitsOf(
  tx: Tx,
  weighing: Weighing,
  value: Money,
  { role, settings }: { role: string; settings: ActionSettings },
): Promise<Cause[]> {
  return limitCauses(await givenSoFar(tx, weighing), value, roleOf(role), settings)
}

/** Whoever has no limits of their own has an agent's. */
export const roleOf = (role: string): Role => (role === 'supervisor' || role === 'admin' ? role : 'agent')

/** Pure, and the only place that compares with limits: what is confirmed and what is tried on the past. */
export function limitCauses(given: Given, value: Money, role: Role, { limits, shopDay }: ActionSettings): Cause[] {
  if (value.minor === 0) return []
  const own = limits[role]
  const rules: [LimitCause, number | null, number, string][] = [
    ['action_limit', own.action, 0, 'one action'],
    ['order_limit', own.order, given.order, 'one order'],
    ['customer_year_limit', own.customerYear, given.customerYear, 'one customer in twelve months'],
    ['agent_day_limit', own.agentDay, given.agentDay, 'one day of your own'],
    ['shop_day_limit', shopDay, given.shopDay, 'one day of the whole shop'],
  ]
  const words = (minor: number) => inWords({ minor, currency: value.currency })
  return rules.flatMap(([cause, hundredths, before, what]) => {
    const limit = hundredths === null ? null : inUnitsOf(value.currency, hundredths)
    return limit === null || before + value.minor <= limit
      ? []
      : [{ cause, words: `${words(before + value.minor)} is above the limit of ${words(limit)} for ${what}` }]
  })
}

/** Rounded down where a currency has no hundredths. @returns in the smallest unit of the currency */
const inUnitsOf = (currency: string, hundredths: number): number =>
  Math.floor((hundredths * 10 ** placesOf(currency)) / 100)

async function isOfStaff(tx: Tx, emailKeys: readonly string[]): Promise<boolean> {
  if (emailKeys.length === 0) return false
  const where = { workspaceId: tx.workspaceId, emailKey: { in: receiversOf(emailKeys) } }
  return (await tx.staff.count({ where })) > 0
}

/**
 * «This order had nothing so far and has £12.00 with this. This customer had £30.00 in twelve months and has £42.00 with this.»
 * @param pending what an action would still give; of zero only what was given is told
 */
export function compensationWords(
  { order, customerYear }: Pick<Given, 'order' | 'customerYear'>,
  pending: Money,
): string {
  const words = (minor: number) => (minor === 0 ? 'nothing' : inWords({ minor, currency: pending.currency }))
  if (pending.minor === 0)
    return `This order has had ${words(order)}. This customer has had ${words(customerYear)} in twelve months.`
  return [
    `This order had ${words(order)} so far and has ${words(order + pending.minor)} with this.`,
    `This customer had ${words(customerYear)} in twelve months and has ${words(customerYear + pending.minor)} with this.`,
  ].join(' ')
}
