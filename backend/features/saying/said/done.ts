import type { Money } from '../../../../shared/money.ts'
import type { OrderView } from '../../../../shared/orders.ts'
import { dayIn } from '../../../platform/calendar.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import type { Done } from './comparing.ts'
import type { Said } from './reading.ts'

type Step = {
  kind: 'refund' | 'gift_card'
  minor: bigint
  currency: string
  customerMinor: bigint | null
  customerCurrency: string | null
  doneAt: Date | null
}

type About = { ticketId: string; said: readonly Said[] }

/** What was done for a ticket, as its actions and the orders beside it say. */
export async function doneFor(tx: Tx, { ticketId, said }: About, orders: readonly OrderView[]): Promise<Done> {
  const steps = await tx.$queryRaw<Step[]>`
    select s.kind, s.minor, s.currency, s.customer_minor as "customerMinor", s.customer_currency as "customerCurrency",
      s.done_at as "doneAt"
    from (
      select workspace_id, id from desk.combined_action where workspace_id = ${tx.workspaceId}::uuid and ticket_id = ${ticketId}::uuid
      union
      select workspace_id, id from desk.combined_action where workspace_id = ${tx.workspaceId}::uuid and order_id = any(${orders.map(({ id }) => id)}::uuid[])) a
    join desk.action_step s on s.workspace_id = a.workspace_id and s.action_id = a.id
    where s.kind in ('refund', 'gift_card') and s.state not in ('refused', 'dropped') and s.minor is not null and s.currency is not null limit 200`
  const moneyOf = (kind: Step['kind']): Money[] => steps.filter((step) => step.kind === kind).flatMap(moneyIn)
  const inShopify = orders.flatMap(({ details }) =>
    details ? [details.refunded, ...details.refunds.map(({ amount }) => amount)] : [],
  )
  const refunds = [...moneyOf('refund'), ...inShopify.map(({ minor, currency }) => ({ minor, currency }))]
  return {
    refunds: distinct(refunds.filter(({ minor }) => minor !== 0)),
    giftCards: moneyOf('gift_card'),
    codes: await knownCodes(tx, ticketId, { said, orders }),
    days: daysOf(await zoneOf(tx), orders, steps),
  }
}

/** Not all of it has left: what is said of a parcel may be said of one that the desk does not know yet. */
const isUnsent = ({ cancelledAt, fulfilment }: OrderView): boolean =>
  cancelledAt === null && fulfilment.toLowerCase() !== 'fulfilled'

/** What happened when: by the clock of the workspace and by UTC, which shops in other zones are between. */
function daysOf(timeZone: string, orders: readonly OrderView[], steps: readonly Step[]): Done['days'] {
  const details = orders.flatMap((order) => order.details ?? [])
  const parcels = orders.some(isUnsent) ? [] : details.flatMap((one) => one.parcels)
  const days = (times: readonly (string | Date | null)[]) => [
    ...new Set(times.flatMap((at) => (at ? [dayIn(timeZone, new Date(at)), dayIn('UTC', new Date(at))] : []))),
  ]
  return {
    ordered: days(orders.map(({ placedAt }) => placedAt)),
    shipped: days(parcels.map(({ shippedAt }) => shippedAt)),
    delivered: days(parcels.map(({ deliveredAt }) => deliveredAt)),
    expected: days(parcels.map(({ expectedAt }) => expectedAt)),
    refunded: days([
      ...details.flatMap(({ refunds }) => refunds.map(({ at }) => at)),
      ...steps.map(({ doneAt }) => doneAt),
    ]),
  }
}

const moneyIn = ({ minor, currency, customerMinor, customerCurrency }: Step): Money[] => [
  { minor: Number(minor), currency },
  ...(customerMinor !== null && customerCurrency !== null && customerCurrency !== currency
    ? [{ minor: Number(customerMinor), currency: customerCurrency }]
    : []),
]

/** The same refund is known from the action and from the order. */
const distinct = (amounts: readonly Money[]): Money[] => [
  ...new Map(amounts.map((money) => [`${money.minor} ${money.currency}`, money])).values(),
]

/** Of the codes that were written, those that belong to the ticket, to an order beside it, or to another ticket of its customer. */
async function knownCodes(
  tx: Tx,
  ticketId: string,
  { said, orders }: { said: readonly Said[]; orders: readonly OrderView[] },
): Promise<string[]> {
  const lasts = said.flatMap((each) => (each.kind === 'code' ? [each.last] : []))
  if (lasts.length === 0) return []
  const rows = await tx.$queryRaw<{ last: string }[]>`
    select distinct g.last from desk.gift_card_issue g
    left join desk.ticket o on o.workspace_id = g.workspace_id and o.id = g.ticket_id
    join desk.ticket t on t.workspace_id = g.workspace_id and t.id = ${ticketId}::uuid
    where g.workspace_id = ${tx.workspaceId}::uuid and g.last = any(${lasts}::text[])
      and (g.ticket_id = t.id or o.customer_id = t.customer_id or g.order_id = any(${orders.map(({ id }) => id)}::uuid[]))`
  return rows.map(({ last }) => last)
}
