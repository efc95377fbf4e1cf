import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, PEOPLE_ONLY } from './rules.ts'

export const slaAttainment = metric(import.meta.url, {
  version: 1,
  name: 'SLA attainment',
  sentence: 'Share of decided targets that were met, at the time at which each was decided.',
  group: 'SLA',
  unit: 'share',
  measures: ['share', 'count', 'sum'],
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
  words: (value) => (value === 1 ? 'Met' : 'Breached'),
})
