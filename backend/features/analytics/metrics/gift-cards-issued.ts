import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ACTION_TICKETS, ANY_HOUR, IMPORTED_CARDS } from './rules.ts'

export const giftCardsIssued = metric(import.meta.url, {
  version: 1,
  name: 'Gift cards issued',
  sentence: 'Worth of the gift cards that the desk issued, when each was issued.',
  group: 'Compensation',
  unit: 'money',
  measures: ['sum', 'count', 'average'],
  dimensions: [...OF_TICKET_AND_TIME, 'reason', 'currency'],
  withTicket: true,
  brings: { agent: 'by_id', reason: 'reason', currency: 'currency' },
  thing: 'Gift card',
  rules: {
    reopened: 'A card that was given anew counts once: of the one that was taken back counts what had been spent.',
    merged: ACTION_TICKETS,
    automatic: 'Cards that customers bought, and those that somebody made in Shopify itself, do not count here.',
    historical: IMPORTED_CARDS,
    hours: ANY_HOUR,
  },
})
