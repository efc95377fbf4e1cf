import { metric, OF_TICKET } from './metric.ts'
import { ACTION_TICKETS, ANY_HOUR, CONFIRMED_HERE } from './rules.ts'

export const actionsParked = metric(import.meta.url, {
  version: 1,
  name: 'Combined actions standing still',
  sentence: 'Combined actions that stand still now, by when they came to a stop.',
  group: 'Actions',
  unit: 'times',
  measures: ['count'],
  dimensions: [...OF_TICKET, 'reason'],
  kind: 'stands',
  withTicket: true,
  brings: { agent: 'by_id', reason: 'reason' },
  thing: 'Combined action',
  words: () => 'Stands still',
  nothing: 'No combined action stands still.',
  rules: {
    reopened: 'One that went on is not counted any more, also not for the time at which it stood still.',
    merged: ACTION_TICKETS,
    automatic: 'Why it stopped does not matter.',
    historical: CONFIRMED_HERE,
    hours: ANY_HOUR,
  },
})
