import type { SlaRules } from '../../../shared/sla.ts'
import type { Google } from '../../emulators/google/google.ts'
import { SUPERVISOR } from '../../scenarios/busy-day/people.ts'
import { callAs } from '../desk-api.ts'

const HOUR = 60
const targets = (first: number, next: number, resolution: number) => ({
  first: first * HOUR,
  next: next * HOUR,
  resolution: resolution * HOUR,
})

/** June says when the desk is open and how soon customers are answered. */
export async function sayHowSoon(google: Google, url: string): Promise<void> {
  const path = `${url}/v1/sla-rules`
  const rules = (await callAs(google, SUPERVISOR, path, 'GET')) as SlaRules & { version: number }
  const open = [{ from: 8 * HOUR, to: 18 * HOUR }]
  const policies = rules.policies.map((policy) => ({
    ...policy,
    unit: 'business_minutes' as const,
    targets: {
      urgent: targets(1, 1, 10),
      high: targets(2, 2, 10),
      normal: targets(4, 4, 20),
      low: targets(8, 8, 40),
    },
    onWarning: { tell: 'nobody' as const },
    onBreach: { tell: 'nobody' as const, raisePriority: true, reassignTo: null },
  }))
  const hours = { timeZone: 'Europe/London', week: [open, open, open, open, open, [], []], specialDays: [] }
  await callAs(google, SUPERVISOR, path, 'PUT', { ...rules, hours, policies })
}
