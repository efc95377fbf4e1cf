import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ACTION_TICKETS, ANY_HOUR, CONFIRMED_HERE, NOT_TAKEN_BACK } from './rules.ts'

export const actions = metric(import.meta.url, {
  version: 1,
  name: 'Combined actions',
  sentence:
    'Combined actions that were confirmed and neither undone nor declined, by the time at which they were confirmed.',
  group: 'Actions',
  unit: 'times',
  measures: ['count'],
  dimensions: [...OF_TICKET_AND_TIME, 'reason'],
  withTicket: true,
  brings: { agent: 'by_id', reason: 'reason' },
  thing: 'Combined action',
  rules: {
    reopened: 'Each action counts, also a second one for the rest of one that stood still.',
    merged: ACTION_TICKETS,
    automatic: NOT_TAKEN_BACK,
    historical: CONFIRMED_HERE,
    hours: ANY_HOUR,
  },
})
