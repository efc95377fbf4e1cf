import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ACTION_TICKETS, ANY_HOUR, IMPORTED_CARDS } from './rules.ts'

export const giftCardsRedeemed = metric(import.meta.url, {
  version: 1,
  name: 'Gift cards redeemed so far',
  sentence: 'What has been spent by now, whenever that was, of the gift cards that the desk issued in the period.',
  group: 'Compensation',
  unit: 'money',
  measures: ['sum', 'count', 'average'],
  dimensions: [...OF_TICKET_AND_TIME, 'reason', 'currency'],
  withTicket: true,
  brings: { agent: 'by_id', reason: 'reason', currency: 'currency' },
  thing: 'Gift card',
  rules: {
    reopened: 'A figure of last month grows while its cards are spent.',
    merged: ACTION_TICKETS,
    automatic: 'By the balance that Shopify told last; when it was spent, Shopify does not tell.',
    historical: IMPORTED_CARDS,
    hours: ANY_HOUR,
  },
})
