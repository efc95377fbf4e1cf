import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, COUNTED_ONCE, MERGED_AWAY } from './rules.ts'

export const newTickets = metric(import.meta.url, {
  version: 1,
  name: 'New tickets',
  sentence: 'Tickets that began, without spam, duplicates and what was no ticket.',
  group: 'Volume',
  unit: 'tickets',
  measures: ['count'],
  dimensions: [...OF_TICKET_AND_TIME],
  reads: { ticket: 'opened_at' },
  withTicket: true,
  rules: {
    reopened: COUNTED_ONCE,
    merged: MERGED_AWAY,
    automatic: 'A ticket that a machine’s mail began counts until somebody takes it out.',
    historical: BY_ITSELF,
    hours: ANY_HOUR,
  },
  words: () => 'Began',
})
