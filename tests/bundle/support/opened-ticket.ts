import type { OrderView } from '../../../shared/orders.ts'
import { getTicket, lookUpTicket, type TicketCardView } from '../../../shared/tickets.ts'
import { type AddonUnderTest, startAddon } from './addon.ts'
import { shopWith } from './order-views.ts'
import { ticketView } from './views.ts'

/** The add-on before a mail that names an order. */
export async function besideOrderMail(): Promise<AddonUnderTest> {
  const addon = await startAddon()
  await addon.mailArrives('Broken jar', 'The jar of HH-1042 arrived broken.')
  return addon
}

/** Opens the newest mail with what the backend would say of its ticket. @param addon the one of a story that has begun */
export function openedTicket(addon: () => AddonUnderTest) {
  async function open(view: TicketCardView) {
    addon().backend.on(lookUpTicket, () => ({ ticket: view, key: 'key-of-nothing' }))
    addon().backend.on(getTicket, () => view)
    const panel = addon().panelOf()
    await panel.panel.openMessage(addon().newestMail())
    return panel
  }

  const openWith = (orders: OrderView[], other: Partial<TicketCardView['shop']> = {}) =>
    open(ticketView(shopWith(orders, other)))

  return { open, openWith }
}

/** The parameters of the one button on the card that would call this action. */
export function clickOf(
  panel: Awaited<ReturnType<ReturnType<typeof openedTicket>['open']>>,
  action: string,
): Record<string, string> {
  const buttons = (panel.card().sections ?? []).flatMap(({ widgets = [] }) =>
    widgets.flatMap(({ buttonList }) => buttonList?.buttons ?? []),
  )
  const found = buttons
    .map(({ onClick }) =>
      Object.fromEntries((onClick?.action?.parameters ?? []).map(({ key, value }) => [key ?? '', value ?? ''])),
    )
    .find((parameters) => parameters['action'] === action)
  if (!found) throw new Error(`No button calls ${action}`)
  return found
}
