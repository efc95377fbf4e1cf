import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ACTION_TICKETS, CALENDAR, CONFIRMED_HERE } from './rules.ts'

export const actionTime = metric(import.meta.url, {
  version: 1,
  name: 'Time of combined actions',
  sentence: 'From when a combined action was confirmed to when its last step was done, by the time at which it ended.',
  group: 'Actions',
  unit: 'seconds',
  measures: ['median', 'average', 'p90', 'sum', 'count'],
  dimensions: [...OF_TICKET_AND_TIME, 'reason'],
  withTicket: true,
  brings: { agent: 'by_id', reason: 'reason' },
  thing: 'Combined action',
  rules: {
    reopened: 'Time in which it stood still counts.',
    merged: ACTION_TICKETS,
    automatic: 'The undo window and waiting for a second person count. What was undone, declined or stopped does not.',
    historical: CONFIRMED_HERE,
    hours: CALENDAR,
  },
})
