import { expect } from '@jest/globals'
import { startActionDraft } from '../../../shared/combined-actions.ts'
import type { OrderView } from '../../../shared/orders.ts'
import type { PanelCard } from '../../../shared/panel.ts'
import { getTicket, lookUpTicket, type TicketCardView } from '../../../shared/tickets.ts'
import { NORA_MAIL } from './addon.ts'
import type { DrivenPanel } from './driven-panel.ts'
import { besideOrderMail } from './opened-ticket.ts'
import { ORDER_ID, orderView, shopWith } from './order-views.ts'
import { CONFIRM, inputOf, panelOf, pressed, turnTo } from './panel-cards.ts'
import type { Where } from './runtime.ts'
import { ticketView } from './views.ts'

export type ActionPanels = Awaited<ReturnType<typeof startActionPanels>>

export const STARTS: Partial<OrderView> = {
  starts: [
    { start: 'spillage', label: 'Spilled or broken' },
    { start: 'refund', label: 'Refund only' },
  ],
}
/** The field of the card in which a start is chosen. */
export const START = `start-${ORDER_ID}`

export const FORM = panelOf([
  inputOf('amount', '12.00'),
  inputOf('message', 'With our apologies'),
  inputOf('note', ''),
  { kind: 'date', name: 'expires', label: 'Expires', value: '2027-03-01' },
  { kind: 'date', name: 'until', label: 'Until', value: '2027-04-01' },
  {
    kind: 'check',
    name: 'lines',
    label: 'Lines',
    choices: ['a', 'b', 'c'].map((value) => ({ value, label: value, chosen: value === 'a' })),
  },
  {
    kind: 'check',
    name: 'notices',
    label: 'Notices',
    choices: [{ value: 'refund', label: 'Refund', chosen: true }],
  },
  {
    kind: 'buttons',
    buttons: [pressed('Continue', turnTo('review'), { filled: true }), pressed('Confirm', CONFIRM)],
  },
])

/** The add-on before a mail about an order, and a backend that says what a test says of its actions. */
export async function startActionPanels() {
  const addon = await besideOrderMail()

  async function open(view: TicketCardView, where: Where = {}): Promise<DrivenPanel> {
    addon.backend.on(lookUpTicket, () => ({ ticket: view, key: 'key-of-nothing' }))
    addon.backend.on(getTicket, () => view)
    const panel = addon.panelOf(NORA_MAIL, where)
    await panel.panel.openMessage(addon.newestMail())
    return panel
  }

  return {
    ...addon,
    open,
    /** A form on top of the ticket's card, begun with a preset. */
    async begin(card: PanelCard, where: Where = {}): Promise<DrivenPanel> {
      const panel = await open(ticketView(shopWith([orderView(STARTS)])), where)
      addon.backend.on(startActionDraft, () => card)
      await panel.choose(START, 'spillage')
      addon.backend.heard.length = 0
      return panel
    },
    /** The backend was asked for nothing that it does not know, and Google had to show no failure of ours. */
    expectSound(): void {
      addon.backend.setDown(false)
      expect(addon.backend.broken).toEqual([])
      expect(addon.failures.filter((failure) => !failure.includes('A draft can wait'))).toEqual([])
      addon.backend.heard.length = 0
    },
  }
}
