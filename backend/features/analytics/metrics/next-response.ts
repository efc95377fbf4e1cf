import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { BY_ITSELF, CALENDAR, PEOPLE_ONLY } from './rules.ts'

export const nextResponse = metric(import.meta.url, {
  version: 2,
  name: 'Next response',
  sentence:
    'Time from the words with which a customer who had an answer began to wait again to the next answer of a person, at the time of the answer.',
  group: 'Speed',
  unit: 'seconds',
  measures: ['median', 'average', 'p90', 'sum', 'count'],
  dimensions: [...OF_TICKET_AND_TIME, 'policy'],
  reads: { clock: 'ended_at' },
  brings: { agent: 'by_id', policy: 'policy_id' },
  story: ['clocks'],
  rules: {
    reopened: 'What the customer writes after a solution begins a new wait.',
    merged: 'Waits are those of the ticket that goes on, of all that was said.',
    automatic: PEOPLE_ONLY,
    historical: BY_ITSELF,
    hours: CALENDAR,
  },
})
