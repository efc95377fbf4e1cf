import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ACTION_TICKETS, ANY_HOUR, FROM_SHOPIFY } from './rules.ts'

export const compensationLines = metric(import.meta.url, {
  version: 1,
  name: 'Compensation by product',
  sentence: 'Compensation, shared out among the lines of the order that it was about by what was paid for each.',
  group: 'Compensation',
  unit: 'money',
  measures: ['sum'],
  dimensions: [...OF_TICKET_AND_TIME, 'product', 'line', 'reason', 'step', 'currency'],
  brings: {
    agent: 'by_id',
    product: 'product_id',
    line: 'variant_id',
    reason: 'reason',
    step: 'kind',
    currency: 'currency',
  },
  thing: 'Given in Shopify',
  rules: {
    reopened:
      'Everything that was given counts, also the second time. Of a card that was taken back counts what had been spent.',
    merged: ACTION_TICKETS,
    automatic:
      'What was given in Shopify itself, or is about no line, has no product. Together it is the same as «Compensation».',
    historical: FROM_SHOPIFY,
    hours: ANY_HOUR,
  },
})
