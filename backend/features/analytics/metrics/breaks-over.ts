import { metric } from './metric.ts'
import { NO_HISTORY, NO_TICKET, NOT_WRITTEN } from './rules.ts'

export const breaksOver = metric(import.meta.url, {
  version: 1,
  name: 'Over a break',
  sentence: 'Time that breaks took longer than they were allowed when they were taken.',
  group: 'Agents',
  unit: 'seconds',
  inHours: true,
  measures: ['sum', 'count', 'average'],
  dimensions: ['agent', 'break', 'hour', 'weekday'],
  brings: { agent: 'staff_id', break: 'kind' },
  thing: 'Break',
  nothing: 'No break took longer than it is allowed.',
  rules: {
    reopened: NO_TICKET,
    merged: NO_TICKET,
    automatic: 'A break within its time does not count, and makes up for no other.',
    historical: NO_HISTORY,
    hours: NOT_WRITTEN,
  },
})
