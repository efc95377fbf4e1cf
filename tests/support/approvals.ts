import { DEFAULT_SETTINGS } from '../../backend/features/combined-actions/rules/settings.ts'
import {
  type ActionInput,
  createCombinedAction,
  getCombinedAction,
  ActionInput as Input,
  writeActionSettings,
} from '../../shared/combined-actions.ts'
import { linkOrder } from '../../shared/tickets.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { formsAt } from './action-forms.ts'
import type { StaffName } from './desk.ts'
import type { ShopDesk } from './shop.ts'

/** Actions that need a second person: an agent may give away 10.00, a supervisor 30.00. */
export const approvalsAt = (desk: ShopDesk) => {
  const forms = formsAt(desk)
  return {
    strict: () =>
      desk.as('ada').call(writeActionSettings, {
        body: {
          ...DEFAULT_SETTINGS,
          limits: {
            ...DEFAULT_SETTINGS.limits,
            agent: { ...DEFAULT_SETTINGS.limits.agent, action: 1_000 },
            supervisor: { ...DEFAULT_SETTINGS.limits.supervisor, action: 3_000 },
          },
        },
      }),
    /** Confirms an action as an agent does, and lets the jobs run. @param from who writes; a stranger knows the postcode */
    async ask(order: OrderRecord, parts: Partial<ActionInput>, by: StaffName = 'nora', from?: string): Promise<string> {
      const { ticketId, orderId } = await forms.about(order, from)
      const proof = { number: order.name, postcode: 'SE1 7PB' }
      if (from) await desk.as(by).call(linkOrder, { params: { ticketId, orderId }, body: { proof } })
      const body = Input.parse({ reason: { code: 'spilled' }, ...parts })
      const { id } = await desk.as(by).call(createCombinedAction, { params: { ticketId, orderId }, body })
      await desk.settle()
      return id
    },
    state: async (actionId: string) => (await desk.as('rhea').call(getCombinedAction, { params: { actionId } })).state,
  }
}
