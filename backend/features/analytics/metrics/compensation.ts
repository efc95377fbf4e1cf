import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ACTION_TICKETS, ANY_HOUR, FROM_SHOPIFY } from './rules.ts'

export const compensation = metric(import.meta.url, {
  version: 1,
  name: 'Compensation',
  sentence: 'Refunds, gift cards, and what goods that were sent again cost, whoever gave it, each currency by itself.',
  group: 'Compensation',
  unit: 'money',
  measures: ['sum', 'average', 'median', 'count'],
  dimensions: [...OF_TICKET_AND_TIME, 'reason', 'step', 'customer', 'currency'],
  reads: { compensation: 'at' },
  brings: { agent: 'by_id', reason: 'reason', step: 'kind', customer: 'customer_key', currency: 'currency' },
  thing: 'Given in Shopify',
  rules: {
    reopened:
      'Everything that was given counts, also the second time. Of a card that was taken back counts what had been spent.',
    merged: ACTION_TICKETS,
    automatic:
      'What was given in Shopify itself has no reason and no agent. Goods sent again count at their price where their cost is not known. Discounts do not count.',
    historical: FROM_SHOPIFY,
    hours: ANY_HOUR,
  },
})
