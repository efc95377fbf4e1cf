import type { OrderSearch, OrderView, searchOrders } from '../../../shared/orders.ts'
import type { ReplyOf } from '../../contract.ts'
import type { Reader } from '../../event.ts'
import { button, buttons } from '../../kit/button.ts'
import { type Card, card, section } from '../../kit/card.ts'
import { input, select } from '../../kit/fields.ts'
import { fact, remark } from '../../kit/text.ts'
import { joined } from '../../kit/words.ts'
import { headline, lineWidgets, orderTitle, warningsOf } from './order-widgets.ts'
import type { OrderActions } from './parameters.ts'

type Found = ReplyOf<typeof searchOrders>
type Place = OrderActions['searchOrders']
type Asked = { by: string; text: string }

const BY: Record<OrderSearch, string> = {
  number: 'Order number',
  email: 'E-mail address',
  phone: 'Phone number',
  name: 'Name',
  tracking: 'Tracking number',
  gift_card: 'Last characters of a gift card',
}

/** More would hardly be read, and a card has room for 100 widgets. */
const MOST_SHOWN = 13
const LINES = 2

/** Looks for the order of someone who is not the buyer: a recipient, a relay address, a call. */
export function searchCard(place: Place, asked: Asked, found: Found | null, reader: Reader): Card {
  const shown = found?.orders.slice(0, MOST_SHOWN) || []
  const hidden = (found?.orders.length ?? 0) - shown.length
  return card({ title: 'Find an order', subtitle: 'In all connected shops' }, [
    section(
      null,
      select(
        'by',
        'By',
        (Object.keys(BY) as OrderSearch[]).map((value) => ({ value, label: BY[value] })),
        asked.by,
      ),
      input('text', 'What to look for', { value: asked.text }),
      buttons(button('Search', { action: 'searchOrders', parameters: place }, { needs: ['text'], filled: true })),
    ),
    found ? section(null, outcome(found, hidden)) : null,
    ...shown.map((order) => resultSection(place, order, reader)),
  ])
}

const outcome = ({ orders, remark: said }: Found, hidden: number) => [
  ...(orders.length === 0 ? [remark('No order was found.')] : []),
  ...(said ? [remark(said)] : []),
  ...(hidden > 0 ? [remark(`${hidden} more were found. Ask for something that fewer orders have.`)] : []),
]

function resultSection({ ticketId, key, off: whyNot }: Place, order: OrderView, reader: Reader) {
  const { details, link } = order
  const off = link ? `${order.number} is linked to this ticket.` : whyNot || null
  return section(
    orderTitle(order, reader),
    headline(order, reader),
    fact('Buyer', details ? joined([details.buyer.name, details.buyer.email]) || order.hint : order.hint),
    warningsOf(order),
    details ? lineWidgets(details.lines, LINES) : null,
    buttons(
      button(
        'Link to this ticket',
        { action: 'linkOrder', parameters: { ticketId, orderId: order.id, key, onTop: '1' } },
        { off },
      ),
    ),
  )
}
