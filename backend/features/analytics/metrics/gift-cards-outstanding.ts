import { metric, OF_TICKET } from './metric.ts'
import { ACTION_TICKETS, ANY_HOUR, IMPORTED_CARDS } from './rules.ts'

export const giftCardsOutstanding = metric(import.meta.url, {
  version: 1,
  name: 'Gift cards outstanding',
  sentence: 'What can still be spent by now of the gift cards that stood at the end of a stretch of time.',
  group: 'Compensation',
  unit: 'money',
  measures: ['sum', 'count'],
  dimensions: [...OF_TICKET, 'reason', 'currency'],
  kind: 'stands',
  withTicket: true,
  brings: { agent: 'by_id', reason: 'reason', currency: 'currency' },
  thing: 'Gift card',
  rules: {
    reopened: 'A card that was spent since is not in old figures either: they say what is left of the cards of then.',
    merged: ACTION_TICKETS,
    automatic:
      'Until a card is taken back or expires, at midnight of its shop; one that was switched off in Shopify itself never counts.',
    historical: IMPORTED_CARDS,
    hours: ANY_HOUR,
  },
})
