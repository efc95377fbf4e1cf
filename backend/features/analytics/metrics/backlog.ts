import { metric, OF_TICKET } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, MERGED_AWAY } from './rules.ts'

export const backlog = metric(import.meta.url, {
  version: 1,
  name: 'Backlog',
  sentence: 'Tickets that are not solved at the end of a stretch of time.',
  group: 'Volume',
  unit: 'tickets',
  measures: ['count'],
  dimensions: [...OF_TICKET],
  reads: { ticket: ['opened_at', 'resolved_at'] },
  kind: 'stands',
  withTicket: true,
  story: ['moves'],
  rules: {
    reopened: 'A ticket that was opened again stands in the backlog once more, from then on, and not in between.',
    merged: MERGED_AWAY,
    automatic: 'Automatic mail neither adds a ticket to the backlog nor takes one out.',
    historical: BY_ITSELF,
    hours: ANY_HOUR,
  },
  words: () => 'Not solved at the end',
})
