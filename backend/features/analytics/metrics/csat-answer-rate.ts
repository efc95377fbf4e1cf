import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, MERGED_AWAY, NO_RATINGS } from './rules.ts'

export const csatAnswerRate = metric(import.meta.url, {
  version: 1,
  name: 'Rated',
  sentence: 'Share of solved tickets that the customer rated, since the first rating of all.',
  group: 'Quality',
  unit: 'share',
  measures: ['share', 'count', 'sum'],
  dimensions: [...OF_TICKET_AND_TIME],
  withTicket: true,
  awaits: { table: 'rating', words: NO_RATINGS },
  rules: {
    reopened: 'A ticket counts once, at its last solution; one that is open does not count.',
    merged: MERGED_AWAY,
    automatic: 'Who or what solved it does not matter.',
    historical: 'History from before the go-live does not count: nobody was asked.',
    hours: ANY_HOUR,
  },
  words: (value) => (value === 1 ? 'Rated' : 'Not rated'),
})
