import type { OrderDetails, OrderView } from '../../../shared/orders.ts'
import type { Reader } from '../../event.ts'
import { type Button, buttons, linkButton } from '../../kit/button.ts'
import type { Widget } from '../../kit/card.ts'
import { date, elapsed } from '../../kit/instant.ts'
import { fact, pictured, remark, said, warning } from '../../kit/text.ts'
import { capital, joined } from '../../kit/words.ts'
import { compensationWords } from './compensation-words.ts'
import { fulfilmentWords, parcelWords, paymentWords, readAs } from './words.ts'

/** Carriers' pages in one row of a panel. */
const MOST_LINKS = 3
const LONGEST_LABEL = 22

/** Of what a shop may have hundreds of, such as tags: nobody reads more. */
const MOST_NAMED = 12

const listed = (items: readonly string[], between = ', '): string =>
  (items.length > MOST_NAMED ? [...items.slice(0, MOST_NAMED), `${items.length - MOST_NAMED} more`] : items).join(
    between,
  )

export const orderTitle = ({ number, placedAt }: OrderView, reader: Reader): string =>
  `${number} · ${date(placedAt, reader)}`

/** How it is paid and where it is, which is what most mails ask about; and how old that is. */
export function headline(order: OrderView, reader: Reader): Widget {
  const { details, shop, test } = order
  const amount = details ? ` · ${details.total.text}` : ''
  const above = joined([whyShown(order), shop.name, test && 'test order'])
  return said(above, `${paymentWords(order)}${amount}`, `${fulfilmentWords(order)} · ${age(order, reader)}`)
}

function age({ checkedAt }: OrderView, reader: Reader): string {
  const since = elapsed(checkedAt, reader)
  return since === '0 min' ? 'as of just now' : `as of ${since} ago`
}

function whyShown({ via, link }: OrderView): string {
  const linked = link ? `linked by ${link.by}${link.confirmed ? ', confirmed' : ''}` : ''
  if (via === 'named') return linked === '' ? 'Named in the mail' : `Named in the mail, ${linked}`
  if (linked !== '') return capital(linked)
  return via === 'bought' ? 'Bought by this customer' : ''
}

/** What must not be overlooked before anything is promised. */
export function warningsOf({ deletedAt, details }: OrderView): Widget[] {
  const words = [
    deletedAt !== null && 'This order was deleted in Shopify. What is shown is the last that was known.',
    ...(details?.disputes || []).map(({ kind, status }) => `Dispute: ${readAs(kind)}, ${readAs(status).toLowerCase()}`),
    details && details.holds.length > 0 && `Held back: ${listed(details.holds, '; ')}`,
  ]
  return told(warning, joined(words, '\n'))
}

export const lineWidgets = (lines: OrderDetails['lines'], most = lines.length): Widget[] =>
  lines.slice(0, most).map(({ title, variant, sku, quantity, currentQuantity, unitPrice, imageUrl }) => {
    const left = currentQuantity < quantity ? ` (${currentQuantity} left)` : ''
    const below = joined([variant, unitPrice.text, sku])
    return pictured(imageUrl, title, `${quantity} × ${title}${left}`, below)
  })

export const moreLines = (shown: number, details: OrderDetails): Widget[] =>
  told(remark, moreLinesWords(shown, details))

const moreLinesWords = (shown: number, { lineCount }: OrderDetails): string =>
  lineCount > shown ? `and ${lineCount - shown} more` : ''

export const amountsOf = (details: OrderDetails): Widget[] => facts('Amounts', amountWords(details))

/** Amounts that say more than the total: what came in, went back, or is open. */
function amountWords({ total, shopTotal, received, refunded, outstanding }: OrderDetails): string {
  const more = joined([
    shopTotal && `${shopTotal.text} in the shop's currency`,
    received.minor !== total.minor && `received ${received.text}`,
    refunded.minor > 0 && `refunded ${refunded.text}`,
    outstanding.minor > 0 && `open ${outstanding.text}`,
    outstanding.minor < 0 && `overpaid ${outstanding.text.replace('-', '')}`,
  ])
  return more && joined([total.text, more])
}

export function refundWidgets({ refunds }: OrderDetails, reader: Reader): Widget[] {
  const words = refunds.map(({ at, amount, settled }) => {
    const money = amount.minor === 0 ? 'no money' : amount.text
    return `${money}, ${date(at, reader)}${settled ? '' : ' (money not moved yet)'}`
  })
  return facts('Refunds', listed(words, ' · '))
}

export const parcelWidgets = (details: OrderDetails, most: number, reader: Reader): Widget[] => [
  ...details.parcels.slice(0, most).map((parcel) => {
    const when = parcel.deliveredAt
      ? date(parcel.deliveredAt, reader)
      : parcel.expectedAt
        ? `expected ${date(parcel.expectedAt, reader)}`
        : ''
    const by = listed(parcel.tracking.map(({ company, number }) => joined([company, number], ' ')))
    return fact('Parcel', joined([parcelWords(parcel.status), when, by]))
  }),
  ...buttons(...trackingButtons(details)),
]

export function trackingButtons({ parcels }: OrderDetails): Button[] {
  const tracked = ([] as OrderDetails['parcels'][number]['tracking'])
    .concat(...parcels.map(({ tracking }) => tracking))
    .filter(({ url }) => url !== null)
  return tracked.slice(0, MOST_LINKS).map(({ company, number, url }) => {
    const alike = tracked.filter((other) => other.company === company).length > 1
    return linkButton(trackLabel(company ?? 'parcel', alike ? number : ''), url ?? '')
  })
}

/** `Track Royal Mail`; two parcels of one carrier differ by the end of their numbers. */
function trackLabel(carrier: string, number: string): string {
  const end = number === '' ? '' : ` …${number.slice(-4)}`
  return `Track ${carrier}`.slice(0, LONGEST_LABEL - end.length) + end
}

export const labelsOf = ({ tags, discountCodes }: OrderDetails): Widget[] => [
  ...facts('Tags in the shop', listed(tags)),
  ...facts('Discount codes', listed(discountCodes)),
]

export const givenFor = ({ compensation }: OrderDetails): Widget[] =>
  facts('Given back for this order', compensationWords(compensation))

/** What the first order says in several places, for those behind it: a card has room for 100 widgets. */
export function inShort(shownLines: number, details: OrderDetails): Widget[] {
  const { tags, discountCodes, compensation } = details
  const given = compensationWords(compensation)
  const words = [
    moreLinesWords(shownLines, details),
    amountWords(details),
    tags.length > 0 && `Tags: ${listed(tags)}`,
    discountCodes.length > 0 && `Discount codes: ${listed(discountCodes)}`,
    given && `Given back: ${given}`,
  ]
  return facts('In short', joined(words, '\n'))
}

const told = (voice: (words: string) => Widget, words: string): Widget[] => (words === '' ? [] : [voice(words)])

const facts = (label: string, words: string): Widget[] => told((text) => fact(label, text), words)
