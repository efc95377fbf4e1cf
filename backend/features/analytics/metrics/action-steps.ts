import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ACTION_TICKETS, ANY_HOUR, CONFIRMED_HERE } from './rules.ts'

export const actionSteps = metric(import.meta.url, {
  version: 1,
  name: 'Steps of combined actions',
  sentence: 'Steps that were done: refunds, gift cards, goods sent again, cancellations and what goes with them.',
  group: 'Actions',
  unit: 'times',
  measures: ['count'],
  dimensions: [...OF_TICKET_AND_TIME, 'step', 'reason'],
  withTicket: true,
  brings: { agent: 'by_id', step: 'kind', reason: 'reason' },
  thing: 'Combined action',
  rules: {
    reopened: 'A step counts once, however often it was tried.',
    merged: ACTION_TICKETS,
    automatic:
      'Only what Shopify has done counts: nothing that was refused, dropped or is not sure. Steps of an action that was stopped later count.',
    historical: CONFIRMED_HERE,
    hours: ANY_HOUR,
  },
})
