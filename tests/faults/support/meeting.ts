import { until } from '../../support/until.ts'
import type { CrashingDesk } from './crashing-desk.ts'

/** Waits until a fault that was laid out has been stepped on. */
export const faultMet = (desk: CrashingDesk, method: string): Promise<void> =>
  until(`a call of ${method}`, () => desk.google.faults.met().some((fault) => fault.method === method), { everyMs: 20 })
