import type { PlannedStep } from '../plan.ts'
import type { Intention } from './intention.ts'
import { STEP } from './steps.ts'

/** Shopify's longest. */
const LONGEST = 40

/** So that people in Shopify, and its own searches, know the order. The prefix keeps a reason from being taken for a tag of the shop. */
export const tagStep = ({ live, input }: Intention): PlannedStep => {
  const tags = ['sidedesk', `why-${input.reason.code}`.slice(0, LONGEST)]
  return {
    ...STEP,
    kind: 'tag',
    request: { kind: 'tag', orderId: live.id, tags },
    reasonCode: input.reason.code,
    words: `Tag the order in Shopify: ${tags.join(', ')}`,
  }
}
