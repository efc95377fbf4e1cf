import { hoursWords } from '../figures/lengths.ts'
import { metric } from './metric.ts'
import { NO_HISTORY, NO_TICKET } from './rules.ts'

export const adherence = metric(import.meta.url, {
  version: 1,
  name: 'Adherence',
  sentence:
    'How much of the planned time that has passed was worked, or spent on a break for as long as it is allowed.',
  group: 'Agents',
  unit: 'share',
  measures: ['share', 'count'],
  dimensions: ['agent', 'weekday'],
  brings: { agent: 'staff_id' },
  thing: 'Shift',
  weighed: true,
  words: (value, weight) => `${hoursWords(value ?? 0)} of ${hoursWords(weight ?? 0)}`,
  nothing: 'No shift was planned in this period.',
  rules: {
    reopened: NO_TICKET,
    merged: NO_TICKET,
    automatic:
      'Shifts that were cancelled, also for leave, do not count. Late, early, away, absent and over a break are what is missing.',
    historical: NO_HISTORY,
    hours: 'Planned time counts, at any hour; a shift counts on the day on which it begins, and up to now.',
  },
})
