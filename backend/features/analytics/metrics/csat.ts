import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, NO_RATINGS } from './rules.ts'

export const csat = metric(import.meta.url, {
  version: 1,
  name: 'Customer rating',
  sentence: 'Average of the ratings that customers gave, at the time at which each was given.',
  group: 'Quality',
  unit: 'score',
  measures: ['average', 'median', 'count'],
  dimensions: [...OF_TICKET_AND_TIME],
  reads: { rating: 'at' },
  brings: { agent: 'staff_id' },
  awaits: { table: 'rating', words: NO_RATINGS },
  rules: {
    reopened: 'Every rating counts, also when a ticket has several.',
    merged: 'Ratings of merged tickets count for the ticket that goes on.',
    automatic: 'Only what customers say counts. Ratings of tickets that are spam do not.',
    historical: 'There are no ratings from before the go-live.',
    hours: ANY_HOUR,
  },
})
