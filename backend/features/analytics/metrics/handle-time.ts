import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { BY_ITSELF, MERGED_AWAY } from './rules.ts'

export const handleTime = metric(import.meta.url, {
  version: 2,
  name: 'Handle time',
  sentence: 'Time that people worked on a solved ticket, all of them together, at the time of its solution.',
  group: 'Agents',
  unit: 'seconds',
  inHours: true,
  measures: ['average', 'median', 'p90', 'sum', 'count'],
  dimensions: [...OF_TICKET_AND_TIME],
  withTicket: true,
  brings: { agent: 'resolved_by_id' },
  story: ['work'],
  rules: {
    reopened: 'Work before and after it was opened again counts together, at the last solution.',
    merged: `${MERGED_AWAY} What was worked on both counts there.`,
    automatic: 'What the desk does by itself takes nobody’s time. Solved tickets without any time do not count.',
    historical: BY_ITSELF,
    hours: 'Time of claims and talks, and what people corrected; whatever the hour.',
  },
})
