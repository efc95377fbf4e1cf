import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, COUNTED_ONCE, MERGED_AWAY } from './rules.ts'

export const escalationRate = metric(import.meta.url, {
  version: 1,
  name: 'Escalation rate',
  sentence: 'Share of tickets that somebody escalated, at the time at which the ticket began.',
  group: 'Quality',
  unit: 'share',
  measures: ['share', 'count', 'sum'],
  dimensions: [...OF_TICKET_AND_TIME],
  withTicket: true,
  story: ['moves'],
  rules: {
    reopened: COUNTED_ONCE,
    merged: MERGED_AWAY,
    automatic: 'Only an escalation by a person or by a rule counts; a late target alone is none.',
    historical: BY_ITSELF,
    hours: `${ANY_HOUR} Tickets of the last days may still be escalated.`,
  },
  words: (value) => (value === 1 ? 'Escalated' : 'Not escalated'),
})
