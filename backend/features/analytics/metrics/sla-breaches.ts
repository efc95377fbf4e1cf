import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, PEOPLE_ONLY } from './rules.ts'

export const slaBreaches = metric(import.meta.url, {
  version: 1,
  name: 'SLA breaches',
  sentence: 'Targets that were used up before they were met, at the time at which each was used up.',
  group: 'SLA',
  unit: 'times',
  measures: ['count'],
  dimensions: [...OF_TICKET_AND_TIME, 'target', 'policy'],
  reads: { clock: 'decided_at' },
  brings: { agent: 'agent_id', target: 'target', policy: 'policy_id' },
  story: ['clocks'],
  rules: {
    reopened: 'Each wait of the customer has a target of its own; the solution has one for the whole ticket.',
    merged: 'Targets are those of the ticket that goes on.',
    automatic: PEOPLE_ONLY,
    historical: BY_ITSELF,
    hours: `${ANY_HOUR} Whether a target was met is what the policy of then said, by its own hours.`,
  },
  words: () => 'Breached',
})
