import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { BY_ITSELF, MERGED_AWAY, OPEN_HOURS } from './rules.ts'

export const resolutionOpen = metric(import.meta.url, {
  version: 1,
  name: 'Resolution time in open hours',
  sentence: 'Open time from the beginning of a ticket to its last solution, at the time of that solution.',
  group: 'Speed',
  unit: 'seconds',
  inHours: true,
  measures: ['median', 'average', 'p90', 'sum', 'count'],
  dimensions: [...OF_TICKET_AND_TIME],
  reads: { ticket: 'resolved_at' },
  withTicket: true,
  brings: { agent: 'resolved_by_id' },
  story: ['moves', 'all open hours'],
  rules: {
    reopened:
      'A ticket that was opened again has one resolution time, to its last solution; while it is open it has none.',
    merged: MERGED_AWAY,
    automatic: 'Automatic mail neither begins nor ends it.',
    historical: BY_ITSELF,
    hours: OPEN_HOURS,
  },
})
