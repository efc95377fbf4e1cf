import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ACTION_TICKETS, ANY_HOUR, CONFIRMED_HERE } from './rules.ts'

export const approvals = metric(import.meta.url, {
  version: 1,
  name: 'Approvals',
  sentence: 'Share of decisions of a second person that were a yes, as it was or lowered, by the time of the decision.',
  group: 'Actions',
  unit: 'share',
  measures: ['share', 'count', 'sum'],
  dimensions: [...OF_TICKET_AND_TIME, 'reason'],
  withTicket: true,
  brings: { agent: 'approver_id', reason: 'reason' },
  thing: 'Combined action',
  words: (value) => (value === 1 ? 'Agreed' : 'Declined'),
  rules: {
    reopened: 'Each decision counts, for whoever decided.',
    merged: ACTION_TICKETS,
    automatic: 'Who was asked and did not decide does not count, nor what expired.',
    historical: CONFIRMED_HERE,
    hours: ANY_HOUR,
  },
})
