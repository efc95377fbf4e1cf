import type { OrderView } from '../../../shared/orders.ts'
import type { TicketCardView } from '../../../shared/tickets.ts'
import type { Reader } from '../../event.ts'
import { button, buttons } from '../../kit/button.ts'
import { foldedSection, type Section, section, sizeOf, type Widget } from '../../kit/card.ts'
import { fact, remark, said, warning } from '../../kit/text.ts'
import { startField } from '../combined-actions/start-field.ts'
import { whyNot } from '../tickets/writing.ts'
import { compensationWords } from './compensation-words.ts'
import { leavingButtons } from './leaving-buttons.ts'
import {
  amountsOf,
  givenFor,
  headline,
  inShort,
  labelsOf,
  lineWidgets,
  moreLines,
  orderTitle,
  parcelWidgets,
  refundWidgets,
  trackingButtons,
  warningsOf,
} from './order-widgets.ts'
import { proofForm } from './proof-form.ts'

/** A card has room for 100 widgets: the first order is shown whole, the others open on demand and show fewer lines. */
const LINES_OF_FIRST = 4
const LINES_OF_OTHERS = 2
const PARCELS = 3

type Scene = {
  reader: Reader
  typed?: Record<string, string>
  /** The locked order whose form is open; the first locked one unless said. */
  proofOf?: string
}

/** All that the ticket's card says of orders; nothing without a shop. @param room widgets that the rest of the card leaves */
export function orderSections(ticket: TicketCardView, room: number, scene: Scene): (Section | null)[] {
  const { shop } = ticket
  if (!shop.connected) return []
  const asked = scene.proofOf ?? shop.orders.filter(({ locked }) => locked !== null)[0]?.id
  const about = aboutSection(ticket)
  const all = shop.orders.map((order, at) =>
    order.details
      ? openSection(ticket, order, at === 0, scene.reader)
      : lockedSection(ticket, order, order.id === asked, scene),
  )
  const left = room - sizeOf([about, findingSection(ticket, true)])
  const shown = all.filter((_order, at) => sizeOf(all.slice(0, at + 1)) <= left)
  return [about, ...shown, findingSection(ticket, shown.length < all.length)]
}

function aboutSection({ shop }: TicketCardView): Section | null {
  const given = shop.compensation && compensationWords(shop.compensation)
  return section(
    'Orders',
    shop.problems.length > 0 ? warning(shop.problems.join('\n')) : null,
    shop.compensation && said('Given back in 12 months', given || 'Nothing'),
    shop.orders.length === 0 ? remark('No order of this customer is known.') : null,
  )
}

function openSection(ticket: TicketCardView, order: OrderView, first: boolean, reader: Reader): Section | null {
  const { details } = order
  if (details === null) return null
  const seen = [headline(order, reader), ...warningsOf(order), ...startField(ticket, order)]
  const lines = lineWidgets(details.lines, first ? LINES_OF_FIRST : LINES_OF_OTHERS)
  const money = refundWidgets(details, reader)
  if (!first)
    return foldedSection(
      orderTitle(order, reader),
      seen.length,
      seen,
      lines,
      inShort(lines.length, details),
      money,
      buttons(...trackingButtons(details)),
      orderButtons(ticket, order),
    )
  return section(
    orderTitle(order, reader),
    seen,
    lines,
    moreLines(lines.length, details),
    amountsOf(details),
    parcelWidgets(details, PARCELS, reader),
    money,
    givenFor(details),
    labelsOf(details),
    orderButtons(ticket, order),
  )
}

const orderButtons = (ticket: TicketCardView, order: OrderView): Widget[] =>
  buttons(
    order.details
      ? button('Whole order', {
          action: 'showOrder',
          parameters: { ticketId: ticket.id, orderId: order.id, line: '0' },
        })
      : null,
    ...leavingButtons(ticket, order),
  )

/** Why so little is shown, and what opens the rest. */
function lockedSection(ticket: TicketCardView, order: OrderView, asked: boolean, { reader, typed }: Scene) {
  const off = whyNot(ticket)
  const hint = fact('Buyer', order.hint)
  if (!asked || off)
    return foldedSection(
      orderTitle(order, reader),
      2,
      headline(order, reader),
      hint,
      warningsOf(order),
      off ? remark(order.locked || '') : null,
      buttons(
        off ? null : button('Confirm', { action: 'askProof', parameters: { ticketId: ticket.id, orderId: order.id } }),
        ...leavingButtons(ticket, order),
      ),
    )
  return section(
    orderTitle(order, reader),
    headline(order, reader),
    hint,
    warningsOf(order),
    remark(order.locked || ''),
    proofForm(ticket, order, typed || {}),
  )
}

const findingSection = (ticket: TicketCardView, hidden: boolean): Section | null =>
  section(
    null,
    ticket.shop.more || hidden ? remark('There are more orders than are shown: find them by number or e-mail.') : null,
    buttons(
      button('Find an order', {
        action: 'openOrderSearch',
        parameters: { ticketId: ticket.id, key: ticket.key, off: whyNot(ticket) || '' },
      }),
    ),
  )
