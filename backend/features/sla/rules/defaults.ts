import type { SlaPolicy, SlaRules, TargetMinutes } from '../../../../shared/sla.ts'

const HOUR = 60
const DAY = 24 * HOUR

const targets = (first: number, next: number, resolution: number): TargetMinutes => ({ first, next, resolution })

/** The last policy of every workspace. It counts every minute until somebody says when the desk is open. */
export const DEFAULT_POLICY: SlaPolicy = {
  id: 'default',
  name: 'Default',
  categories: [],
  tiers: [],
  mailboxIds: [],
  unit: 'minutes',
  targets: {
    urgent: targets(HOUR, 2 * HOUR, DAY),
    high: targets(4 * HOUR, 4 * HOUR, 2 * DAY),
    normal: targets(DAY, DAY, 5 * DAY),
    low: targets(2 * DAY, 2 * DAY, 10 * DAY),
  },
  exempt: false,
  warnPercent: 75,
  warnMinutes: null,
  onWarning: { tell: 'nobody' },
  onBreach: { tell: 'nobody', raisePriority: false, reassignTo: null },
}

/** What counts until a workspace has rules of its own. @param timeZone of the workspace */
export const defaultRules = (timeZone: string): SlaRules => ({
  hours: { timeZone, week: Array.from({ length: 7 }, () => []), specialDays: [] },
  tiers: { plus: { orders: null, spent: null, tag: null }, vip: { orders: null, spent: null, tag: null } },
  policies: [DEFAULT_POLICY],
})

/** Whether the desk is ever open, so that open time can be counted. */
export const hasHours = ({ week }: SlaRules['hours']): boolean => week.some((day) => day.length > 0)
