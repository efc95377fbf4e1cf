import { metric } from './metric.ts'
import { NO_HISTORY, NO_TICKET, NOT_WRITTEN } from './rules.ts'

export const breaks = metric(import.meta.url, {
  version: 1,
  name: 'Breaks',
  sentence: 'Time spent on breaks; all of one counts when it began.',
  group: 'Agents',
  unit: 'seconds',
  inHours: true,
  measures: ['sum', 'count', 'average', 'p90'],
  dimensions: ['agent', 'break', 'hour', 'weekday'],
  brings: { agent: 'staff_id', break: 'kind' },
  thing: 'Break',
  rules: {
    reopened: NO_TICKET,
    merged: NO_TICKET,
    automatic: 'A break that the desk ended with the log-in ends then.',
    historical: NO_HISTORY,
    hours: NOT_WRITTEN,
  },
})
