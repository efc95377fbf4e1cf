import {
  type ActionStart,
  getActionSettings,
  startActionDraft,
  writeActionSettings,
} from '../../shared/combined-actions.ts'
import type { PanelCard } from '../../shared/panel.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { mailAt } from './customer-mail.ts'
import type { StaffName } from './desk.ts'
import { panelOf } from './panel-hands.ts'
import type { ShopDesk } from './shop.ts'

/** Agents need nobody's approval for how much one customer or one day has come to: in a story one customer buys all day long. */
export async function unlimitedByDay(desk: ShopDesk): Promise<void> {
  const settings = await desk.as('ada').call(getActionSettings)
  const agent = { ...settings.limits.agent, customerYear: null, agentDay: null }
  await desk.as('ada').call(writeActionSettings, { body: { ...settings, limits: { ...settings.limits, agent } } })
}

/** Nothing needs approval, and nothing can be taken back. */
export async function withoutLimits(desk: ShopDesk): Promise<void> {
  const none = { action: null, order: null, customerYear: null, agentDay: null }
  const settings = { undoSeconds: 0, limits: { agent: none, supervisor: none, admin: none }, shopDay: null }
  await desk.as('ada').call(writeActionSettings, { body: settings })
}

/** The customer of an order writes, and someone at the desk begins forms on it. */
export const formsAt = (desk: ShopDesk) => {
  const mail = mailAt(desk)
  return {
    /** The ticket of a mail about the order, with our id of the order. */
    async about(order: Pick<OrderRecord, 'name'>, from = 'ada@home.example') {
      const ticket = await mail.cardOfNew({ from, text: `About ${order.name}`, subject: `About ${order.name}` })
      const seen = ticket.shop.orders.find(({ number }) => number === order.name)
      if (!seen) throw new Error(`${order.name} is not beside the mail`)
      return { ticketId: ticket.id, orderId: seen.id, ticket, order: seen }
    },
    begin: (
      on: { ticketId: string; orderId: string },
      start: ActionStart,
      who: StaffName = 'nora',
    ): Promise<PanelCard> =>
      desk.as(who).call(startActionDraft, { params: { ticketId: on.ticketId, orderId: on.orderId }, body: { start } }),
    panel: (who: StaffName = 'nora') => panelOf(desk, who),
  }
}
