import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF } from './rules.ts'

export const reopenRate = metric(import.meta.url, {
  version: 1,
  name: 'Reopen rate',
  sentence: 'Share of solutions after which the ticket was opened again, at the time of the solution.',
  group: 'Quality',
  unit: 'share',
  measures: ['share', 'count', 'sum'],
  dimensions: [...OF_TICKET_AND_TIME],
  reads: { move: 'at' },
  brings: { agent: 'by_id' },
  story: ['moves'],
  rules: {
    reopened:
      'This is what it counts. A thank-you that opens nothing is no reopening; a ticket solved twice has two solutions.',
    merged: 'Solutions of a ticket that was merged into another one do not count.',
    automatic: 'Who or what opened it again does not matter. Closing a solved ticket is no second solution.',
    historical: BY_ITSELF,
    hours: ANY_HOUR,
  },
  words: (value) => (value === 1 ? 'Solved, and opened again later' : 'Solved'),
})
