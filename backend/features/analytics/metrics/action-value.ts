import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ACTION_TICKETS, ANY_HOUR, CONFIRMED_HERE, NOT_TAKEN_BACK } from './rules.ts'

export const actionValue = metric(import.meta.url, {
  version: 1,
  name: 'Value of combined actions',
  sentence: 'Refund, gift card and goods sent again at their price, together, as they were confirmed.',
  group: 'Actions',
  unit: 'money',
  measures: ['sum', 'average', 'median', 'count'],
  dimensions: [...OF_TICKET_AND_TIME, 'reason', 'currency'],
  withTicket: true,
  brings: { agent: 'by_id', reason: 'reason', currency: 'currency' },
  thing: 'Combined action',
  rules: {
    reopened:
      'Each action counts. One that was stopped counts as it was confirmed; what really was given is «Compensation».',
    merged: ACTION_TICKETS,
    automatic: NOT_TAKEN_BACK,
    historical: CONFIRMED_HERE,
    hours: ANY_HOUR,
  },
})
