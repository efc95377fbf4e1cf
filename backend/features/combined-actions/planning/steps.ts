import type { PlannedStep } from '../plan.ts'

/** What most steps are: no money, no notice. */
export const STEP: Pick<PlannedStep, 'amount' | 'customerAmount' | 'tax' | 'route' | 'notify'> = {
  amount: null,
  customerAmount: null,
  tax: null,
  route: null,
  notify: false,
}
