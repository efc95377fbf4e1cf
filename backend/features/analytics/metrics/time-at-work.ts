import { metric } from './metric.ts'
import { NO_HISTORY, NO_TICKET, NOT_WRITTEN } from './rules.ts'

export const timeAtWork = metric(import.meta.url, {
  version: 1,
  name: 'Time at work',
  sentence: 'Time from log-in to log-out, breaks included; all of it counts when it began.',
  group: 'Agents',
  unit: 'seconds',
  inHours: true,
  measures: ['sum', 'average', 'count'],
  dimensions: ['agent', 'hour', 'weekday'],
  brings: { agent: 'staff_id' },
  thing: 'Log-in',
  rules: {
    reopened: NO_TICKET,
    merged: NO_TICKET,
    automatic: 'A log-out that the desk did by itself ends it; a time that was corrected counts as corrected.',
    historical: NO_HISTORY,
    hours: NOT_WRITTEN,
  },
})
