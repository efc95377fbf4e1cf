import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, MERGED_AWAY } from './rules.ts'

export const oneTouchRate = metric(import.meta.url, {
  version: 1,
  name: 'One-touch rate',
  sentence:
    'Share of solved tickets with an answer that took one answer and were never opened again, at the time of the solution.',
  group: 'Quality',
  unit: 'share',
  measures: ['share', 'count', 'sum'],
  dimensions: [...OF_TICKET_AND_TIME],
  reads: { ticket: 'resolved_at' },
  withTicket: true,
  brings: { agent: 'resolved_by_id' },
  story: ['mails', 'moves'],
  rules: {
    reopened: 'A ticket that was opened again took more than one touch.',
    merged: `${MERGED_AWAY} Answers of all of them count together.`,
    automatic: 'What the desk sends by itself is no touch. A ticket solved without any answer does not count.',
    historical: BY_ITSELF,
    hours: ANY_HOUR,
  },
  words: (value) => (value === 1 ? 'Solved with one answer' : 'Solved with more than one answer, or opened again'),
})
