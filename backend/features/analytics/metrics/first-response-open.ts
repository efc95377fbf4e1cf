import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { BY_ITSELF, COUNTED_ONCE, OPEN_HOURS, PEOPLE_ONLY } from './rules.ts'

export const firstResponseOpen = metric(import.meta.url, {
  version: 1,
  name: 'First response in open hours',
  sentence:
    'Open time from the first words of the customer to the first answer of a person, at the time of the answer.',
  group: 'Speed',
  unit: 'seconds',
  inHours: true,
  measures: ['median', 'average', 'p90', 'sum', 'count'],
  dimensions: [...OF_TICKET_AND_TIME],
  reads: { ticket: 'first_out_at' },
  withTicket: true,
  brings: { agent: 'first_by_id' },
  story: ['mails', 'first open hours'],
  rules: {
    reopened: COUNTED_ONCE,
    merged: 'Merged tickets are one: its first words and its first answer, of all that was said.',
    automatic: PEOPLE_ONLY,
    historical: BY_ITSELF,
    hours: OPEN_HOURS,
  },
})
