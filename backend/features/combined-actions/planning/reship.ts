import type { ActionInput } from '../../../../shared/combined-actions.ts'
import { inWords, type Money } from '../../../../shared/money.ts'
import { markOf, type PlannedStep } from '../plan.ts'
import { labelOf, reasonFor } from '../rules/reasons.ts'
import { addressFaults, countryName } from './addresses.ts'
import { type Fault, faultIf } from './faults.ts'
import { type Intention, inWordsOf, lineOf } from './intention.ts'
import type { Goods, LiveLine, LiveOrder } from './live-order.ts'
import { goodsOf, isInStock, reshipOptions } from './reship-options.ts'
import { STEP } from './steps.ts'

type ReshipInput = NonNullable<ActionInput['reship']>

/** A line that is sent again, with what is sent for it. */
type Parcel = { path: string; line: LiveLine; title: string; quantity: number; goods: Goods | null }

const parcelsOf = (live: LiveOrder, { lines }: ReshipInput): (Parcel | null)[] =>
  lines.map(({ lineId, quantity, variantId }, index) => {
    const line = lineOf(live, lineId)
    if (!line || line.isGiftCard) return null
    const goods = goodsOf(live, variantId ?? line.variantId)
    const title = variantId && goods ? goods.title : line.title
    return { path: `reship.lines.${index}`, line, title, quantity, goods }
  })

export function reshipFaults(live: LiveOrder, reship: ReshipInput): Fault[] {
  const { why } = reshipOptions(live)
  if (why !== null) return [{ path: 'reship', message: why }]
  const parcels = parcelsOf(live, reship)
  const known = parcels.filter((parcel) => parcel !== null)
  return [
    ...parcels.flatMap((parcel, index) => (parcel ? parcelFaults(parcel, known) : [unknownLine(live, index)])),
    ...stockFaults(known),
    ...addressFaults(reship.address, live.shipsTo),
    ...feeFaults(live, reship),
    ...faultIf(
      reship.notify && live.customer.email === null,
      'reship.notify',
      `${live.name} has no e-mail address, so Shopify cannot tell the customer of the new order. Switch that mail off.`,
    ),
  ]
}

const unknownLine = ({ name }: LiveOrder, index: number): Fault => ({
  path: `reship.lines.${index}.lineId`,
  message: `A line that is not in ${name}, or that is a gift card, cannot be sent again. Choose another.`,
})

/** A line may be sent in parts, with something else for some of it; the parts together are no more than the line. */
const parcelFaults = ({ path, line, title, goods }: Parcel, parcels: readonly Parcel[]): Fault[] => [
  ...faultIf(
    parcels.reduce((sum, one) => (one.line.id === line.id ? sum + one.quantity : sum), 0) > line.ordered,
    `${path}.quantity`,
    `${line.title} was ordered ${line.ordered === 1 ? 'once' : `${line.ordered} times`}; no more than that can be sent again.`,
  ),
  ...faultIf(
    !goods?.forSale,
    `${path}.variantId`,
    `${title} is not sold any more. Choose something else to send instead.`,
  ),
]

/** Two lines may want the same goods. */
function stockFaults(parcels: readonly Parcel[]): Fault[] {
  const wanted = new Map<string, number>()
  for (const { goods, quantity } of parcels)
    if (goods) wanted.set(goods.variantId, (wanted.get(goods.variantId) ?? 0) + quantity)
  return parcels.flatMap(({ goods, path, title }) => {
    if (!goods?.forSale || isInStock(goods, wanted.get(goods.variantId) ?? 0)) return []
    const left = Math.max(0, goods.available ?? 0)
    const message =
      left === 0
        ? `${title} is out of stock. Choose something else to send instead, or refund it.`
        : `Of ${title} only ${left} are in stock. Send fewer, or choose something else.`
    return [{ path: `${path}.quantity`, message }]
  })
}

function feeFaults({ shop }: LiveOrder, { pays, fee }: ReshipInput): Fault[] {
  if (pays === 'shop')
    return faultIf(
      fee !== null && fee.minor > 0,
      'reship.fee',
      'The shop pays for the sending, so it costs the customer nothing. Empty the amount.',
    )
  if (fee === null) return [{ path: 'reship.fee', message: 'Type in what the customer pays for the sending.' }]
  return [
    ...faultIf(
      fee.currency !== shop.currency,
      'reship.fee',
      `Type the amount in ${shop.currency}, the currency of the shop.`,
    ),
    ...faultIf(fee.minor <= 0, 'reship.fee', 'What the customer pays for the sending must be more than zero.'),
  ]
}

export function reshipStep(actionId: string, { live, input, reasons }: Intention): PlannedStep[] {
  const { reship } = input
  if (!reship) return []
  const parcels = parcelsOf(live, reship).flatMap((parcel) =>
    parcel?.goods ? [{ ...parcel, goods: parcel.goods }] : [],
  )
  const reason = reasonFor(reasons, reship.reason ?? input.reason.code)
  const { address, method, notify } = reship
  const fee: Money = (reship.pays === 'customer' && reship.fee) || { minor: 0, currency: live.shop.currency }
  return [
    {
      ...STEP,
      kind: 'reship',
      request: {
        kind: 'reship',
        mark: markOf(actionId, 'reship'),
        orderId: live.id,
        customerId: live.customer.id,
        email: live.customer.email,
        lines: parcels.map(({ goods, quantity, title }) => ({ variantId: goods.variantId, quantity, title })),
        address: { ...address },
        method,
        fee,
        currency: live.shop.currency,
        note: `Sent again for ${live.name}: ${labelOf(reason)}`,
        tags: ['reship'],
        notify,
      },
      reasonCode: reason.id,
      words: `Send ${inWordsOf(parcels)} to ${whereTo(address)}${fee.minor > 0 ? `; the customer pays ${inWords(fee)} for the sending` : ''}`,
      amount: retailOf(live, parcels),
      notify,
    },
  ]
}

/** At today's price of the shop, as compensation counts it. */
const retailOf = ({ shop }: LiveOrder, parcels: readonly { goods: Goods; quantity: number }[]): Money => ({
  minor: parcels.reduce((sum, { goods, quantity }) => sum + goods.price.minor * quantity, 0),
  currency: shop.currency,
})

const whereTo = ({ firstName, lastName, address1, zip, city, country }: ReshipInput['address']): string =>
  [`${firstName} ${lastName}`.trim(), address1, `${zip} ${city}`.trim(), countryName(country)]
    .filter(Boolean)
    .join(', ')
