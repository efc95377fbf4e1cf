import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, COUNTED_ONCE, MERGED_AWAY } from './rules.ts'

export const spamShare = metric(import.meta.url, {
  version: 1,
  name: 'Spam',
  sentence: 'Share of new tickets that somebody marked as spam.',
  group: 'Volume',
  unit: 'share',
  measures: ['share', 'count', 'sum'],
  dimensions: [...OF_TICKET_AND_TIME],
  withTicket: true,
  rules: {
    reopened: COUNTED_ONCE,
    merged: MERGED_AWAY,
    automatic: 'What Gmail held back as spam never was a ticket, and does not count.',
    historical: BY_ITSELF,
    hours: ANY_HOUR,
  },
  words: (value) => (value === 1 ? 'Spam' : 'No spam'),
})
