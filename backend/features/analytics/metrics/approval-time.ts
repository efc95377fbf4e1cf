import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ACTION_TICKETS, CALENDAR, CONFIRMED_HERE } from './rules.ts'

export const approvalTime = metric(import.meta.url, {
  version: 1,
  name: 'Wait for approval',
  sentence: 'From when the first person was asked to agree to when somebody decided.',
  group: 'Actions',
  unit: 'seconds',
  measures: ['median', 'average', 'p90', 'sum', 'count'],
  dimensions: [...OF_TICKET_AND_TIME, 'reason'],
  withTicket: true,
  brings: { agent: 'approver_id', reason: 'reason' },
  thing: 'Combined action',
  rules: {
    reopened: 'Each decision counts.',
    merged: ACTION_TICKETS,
    automatic: 'What expired without a decision does not count.',
    historical: CONFIRMED_HERE,
    hours: CALENDAR,
  },
})
