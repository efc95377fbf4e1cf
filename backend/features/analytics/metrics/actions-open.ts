import { metric, OF_TICKET } from './metric.ts'
import { ACTION_TICKETS, ANY_HOUR, CONFIRMED_HERE } from './rules.ts'

export const actionsOpen = metric(import.meta.url, {
  version: 1,
  name: 'Combined actions open',
  sentence: 'Combined actions that wait, run or stand still at the end of a stretch of time.',
  group: 'Actions',
  unit: 'times',
  measures: ['count'],
  dimensions: [...OF_TICKET, 'reason'],
  kind: 'stands',
  withTicket: true,
  brings: { agent: 'by_id', reason: 'reason' },
  thing: 'Combined action',
  words: () => 'Not ended',
  rules: {
    reopened: 'What has ended does not begin again.',
    merged: ACTION_TICKETS,
    automatic: 'One that was undone or declined later was open until then.',
    historical: CONFIRMED_HERE,
    hours: ANY_HOUR,
  },
})
