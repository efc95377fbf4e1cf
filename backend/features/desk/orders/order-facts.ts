import type { OrderDetails, OrderView } from '../../../../shared/orders.ts'
import { html } from '../../../platform/html.ts'
import { type Clock, dayWords } from '../panel/clock.ts'
import { givenWords, parcelWords, readAs } from './words.ts'

const joined = (parts: readonly (string | null | false)[], between = ' · '): string =>
  parts.filter(Boolean).join(between)

/** What must not be overlooked before anything is promised. */
export const warningsView = ({ deletedAt, details }: OrderView) =>
  [
    deletedAt !== null && 'This order was deleted in Shopify. What is shown is the last that was known.',
    ...(details?.disputes ?? []).map(({ kind, status }) => `Dispute: ${readAs(kind)}, ${readAs(status).toLowerCase()}`),
    details !== null && details.holds.length > 0 && `Held back: ${details.holds.join('; ')}`,
  ].flatMap((words) => (words ? [html`<p class="bad">${words}</p>`] : []))

export const linesView = (lines: OrderDetails['lines']) => html`
  <ul>${lines.map(({ title, variant, sku, quantity, currentQuantity, unitPrice }) => {
    const left = currentQuantity < quantity ? ` (${currentQuantity} left)` : ''
    return html`<li>${quantity} × ${title}${left} <span class="soft">${joined([variant, unitPrice.text, sku])}</span></li>`
  })}</ul>`

/** Amounts, parcels, and what was given back. */
export function detailsView(details: OrderDetails, clock: Clock) {
  const { buyer, shipTo, tags, discountCodes, compensation } = details
  const facts: [string, string][] = [
    ['Buyer', joined([buyer.name, buyer.email, buyer.phone])],
    ['Ships to', shipTo ?? ''],
    ['Amounts', amountWords(details)],
    ...details.parcels.map((parcel): [string, string] => ['Parcel', parcelLine(parcel, clock)]),
    ['Refunds', refundLine(details, clock)],
    ['Given back for this order', givenWords(compensation)],
    ['Tags in the shop', tags.join(', ')],
    ['Discount codes', discountCodes.join(', ')],
  ]
  return html`<dl>${facts.flatMap(([word, text]) => (text === '' ? [] : [html`<dt>${word}</dt><dd class="lines">${text}</dd>`]))}</dl>
    ${trackingView(details)}`
}

function amountWords({ total, shopTotal, received, refunded, outstanding }: OrderDetails): string {
  return joined([
    total.text,
    shopTotal && `${shopTotal.text} in the shop's currency`,
    received.minor !== total.minor && `received ${received.text}`,
    refunded.minor > 0 && `refunded ${refunded.text}`,
    outstanding.minor > 0 && `open ${outstanding.text}`,
    outstanding.minor < 0 && `overpaid ${outstanding.text.replace('-', '')}`,
  ])
}

function parcelLine(
  { status, deliveredAt, expectedAt, tracking }: OrderDetails['parcels'][number],
  clock: Clock,
): string {
  const expected = expectedAt === null ? null : `expected ${dayWords(new Date(expectedAt), clock)}`
  const when = deliveredAt === null ? expected : dayWords(new Date(deliveredAt), clock)
  return joined([
    parcelWords(status),
    when,
    tracking.map(({ company, number }) => joined([company, number], ' ')).join(', '),
  ])
}

const refundLine = ({ refunds }: OrderDetails, clock: Clock): string =>
  joined(
    refunds.map(({ at, amount, settled }) => {
      const money = amount.minor === 0 ? 'no money' : amount.text
      return `${money}, ${dayWords(new Date(at), clock)}${settled ? '' : ' (money not moved yet)'}`
    }),
  )

const trackingView = ({ parcels }: OrderDetails) =>
  parcels
    .flatMap(({ tracking }) => tracking)
    .flatMap(({ company, number, url }) =>
      url === null
        ? []
        : [
            html`<p><a href=${url} target="_blank" rel="noopener noreferrer">Track ${joined([company, number], ' ')}</a></p>`,
          ],
    )
