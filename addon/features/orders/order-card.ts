import type { OrderDetails, OrderView } from '../../../shared/orders.ts'
import type { Reader } from '../../event.ts'
import { button, buttons, linkButton } from '../../kit/button.ts'
import { type Card, card, section } from '../../kit/card.ts'
import { fact, remark } from '../../kit/text.ts'
import { joined } from '../../kit/words.ts'
import {
  amountsOf,
  givenFor,
  headline,
  labelsOf,
  lineWidgets,
  orderTitle,
  parcelWidgets,
  refundWidgets,
  warningsOf,
} from './order-widgets.ts'

/** Of parcels, as many as a card has room for. */
const MOST_PARCELS = 15

/** One order, whole, with a page of its lines. @param first where the page starts */
export function orderCard(order: OrderView, ticketId: string, first: number, reader: Reader): Card {
  const { details } = order
  return card({ title: orderTitle(order, reader), subtitle: order.shop.name }, [
    section(
      null,
      headline(order, reader),
      warningsOf(order),
      details ? null : [fact('Buyer', order.hint), remark(order.locked || '')],
    ),
    details && buyerSection(details),
    details && linesSection(order, details, ticketId, first),
    details &&
      section(
        'Money and parcels',
        amountsOf(details),
        refundWidgets(details, reader),
        givenFor(details),
        parcelWidgets(details, MOST_PARCELS, reader),
        labelsOf(details),
      ),
    section(null, buttons(linkButton('Open in Shopify', order.adminUrl))),
  ])
}

const buyerSection = ({ buyer, shipTo }: OrderDetails) =>
  section(
    null,
    fact('Buyer', joined([buyer.name, buyer.email, buyer.phone]) || 'Nobody is named'),
    shipTo ? fact('Ships to', shipTo) : null,
  )

function linesSection(order: OrderView, { lines, lineCount, nextLine }: OrderDetails, ticketId: string, first: number) {
  const parameters = { ticketId, orderId: order.id, line: String(nextLine) }
  const place = lineCount > lines.length ? ` ${first + 1} to ${first + lines.length} of ${lineCount}` : ''
  return section(
    `Lines${place}`,
    lineWidgets(lines),
    buttons(nextLine === null ? null : button('More lines', { action: 'showOrder', parameters })),
  )
}
