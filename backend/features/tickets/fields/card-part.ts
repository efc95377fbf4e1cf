import type { PanelButton, PanelPress, PanelSection } from '../../../../shared/panel.ts'
import { button, fact, present, section } from '../../../platform/panel.ts'
import { fieldsOnCardSql, type OnCard, openOnCard } from '../../fields/index.ts'
import type { CardTicket } from '../card/writing.ts'
import { type CardPart, type CardScene, cardPart } from '../card-part.ts'

/** A line each; the rest is behind «Fields». */
const MOST = 4

const FINISHED = ['solved', 'closed']

/** What is filled in, and what is still needed before solving. Nothing of it, no section. */
export const fieldsPart: CardPart = cardPart<OnCard>({
  name: 'fields',
  sql: fieldsOnCardSql,
  present: (_ctx, { box }, row, ticket) => present(filledSection(box, row, ticket)),
  more: (_ctx, _scene, { asked, filled }, ticket) => (asked || filled.length > 0 ? [fieldsButton(ticket)] : []),
})

function filledSection(box: CardScene['box'], { filled, missing }: OnCard, ticket: CardTicket): PanelSection | null {
  const open = ticket.voidReason === null && !FINISHED.includes(ticket.status)
  return section(
    null,
    ...openOnCard(box, ticket.id, filled.slice(0, MOST)).map(({ label, words }) => fact(label, words)),
    open && missing.length > 0 ? fact('Needed before solving', missing.join(', '), 'Fill in', pushed(ticket)) : null,
  )
}

const pushed = ({ id }: CardTicket): PanelPress => ({
  kind: 'call',
  method: 'GET',
  path: `/v1/tickets/${id}/fields/card`,
  key: null,
  lay: 'push',
})

const fieldsButton = (ticket: CardTicket): PanelButton => button('Fields', pushed(ticket))
