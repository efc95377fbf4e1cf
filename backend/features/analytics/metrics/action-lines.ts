import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ACTION_TICKETS, ANY_HOUR, CONFIRMED_HERE, NOT_TAKEN_BACK } from './rules.ts'

export const actionLines = metric(import.meta.url, {
  version: 1,
  name: 'Products of combined actions',
  sentence: 'Lines of orders that combined actions took back, gave money for or sent again; their sum is pieces.',
  group: 'Actions',
  unit: 'times',
  measures: ['count', 'sum'],
  dimensions: [...OF_TICKET_AND_TIME, 'product', 'line', 'reason'],
  withTicket: true,
  brings: { agent: 'by_id', product: 'product_id', line: 'variant_id', reason: 'reason' },
  thing: 'Combined action',
  words: (value) => (value === 1 ? 'One piece' : `${value} pieces`),
  rules: {
    reopened: 'Each action counts, also a second one about the same line.',
    merged: ACTION_TICKETS,
    automatic: NOT_TAKEN_BACK,
    historical: CONFIRMED_HERE,
    hours: ANY_HOUR,
  },
})
