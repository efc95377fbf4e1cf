import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, MERGED_AWAY } from './rules.ts'

export const painPoints = metric(import.meta.url, {
  version: 1,
  name: 'Pain points',
  sentence:
    'Signs of trouble, each counted once: a new ticket, one that was opened again after its solution, a customer who wrote again within seven days, and something given back on a ticket.',
  group: 'Quality',
  unit: 'times',
  measures: ['count'],
  dimensions: [...OF_TICKET_AND_TIME, 'reason', 'product'],
  withTicket: true,
  brings: { reason: 'reason', product: 'product_id' },
  story: ['moves', 'contacts'],
  rules: {
    reopened: 'A sign of its own, at the time of the solution that did not last.',
    merged: MERGED_AWAY,
    automatic:
      'Money is not weighed: each refund, gift card or parcel is one sign. A ticket has one reason, of its newest action, and one product, that most was paid for.',
    historical: BY_ITSELF,
    hours: ANY_HOUR,
  },
})
