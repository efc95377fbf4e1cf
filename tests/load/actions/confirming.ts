import { begin } from '../../../backend/features/combined-actions/drafting/confirming.ts'
import { planOf } from '../../../backend/features/combined-actions/planning/planning.ts'
import { readForAction } from '../../../backend/features/combined-actions/planning/reading.ts'
import { reasonsIn } from '../../../backend/features/combined-actions/rules/reasons.ts'
import { newId } from '../../../backend/platform/ids.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { ActionInput } from '../../../shared/combined-actions.ts'
import type { ActionGround } from './action-ground.ts'

/** Goods that came spilled: one of them again, the shipping back, a card of 5.00, and a tag. */
export const STEPS = ['reship', 'refund', 'gift_card', 'tag'] as const

const HOME = {
  firstName: 'Ada',
  lastName: 'Moss',
  address1: '4 Fern Lane',
  city: 'London',
  zip: 'SE1 7PB',
  country: 'GB',
}

/** Reads an order, plans and confirms an action on it that leaves at once. @returns its id */
export async function confirmOn(actions: ActionGround, orderId: string): Promise<string> {
  const { ctx, workspaceId, by, ground } = actions
  const live = await readForAction(ctx, workspaceId, orderId)
  const reasons = await inWorkspace(ctx, workspaceId, reasonsIn)
  const input = ActionInput.parse({
    reason: { code: 'spilled' },
    reship: { lines: [{ lineId: live.lines[0]?.id, quantity: 1 }], address: HOME, method: 'Standard' },
    refund: { what: 'shipping' },
    giftCard: { amount: { minor: 500, currency: 'GBP' } },
  })
  const planned = await planOf(ctx, workspaceId, { live, input, reasons })
  const kinds = planned.plan.steps.map(({ kind }) => kind).join()
  if (kinds !== STEPS.join()) throw new Error(`The measured action has other steps: ${kinds}`)
  const at = { draftId: newId(), ticketId: ground.cards[0] ?? '', revisesId: null, live }
  return inWorkspace(ctx, workspaceId, (tx) => begin(ctx, tx, at, planned, by))
}
