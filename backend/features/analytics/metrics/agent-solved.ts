import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF } from './rules.ts'

export const agentSolved = metric(import.meta.url, {
  version: 1,
  name: 'Solved by agents',
  sentence: 'Times that somebody of the staff solved a ticket.',
  group: 'Agents',
  unit: 'times',
  measures: ['count'],
  dimensions: [...OF_TICKET_AND_TIME],
  reads: { move: 'at' },
  brings: { agent: 'solved_by_id' },
  story: ['moves'],
  rules: {
    reopened: 'A ticket that was opened again and solved again was solved twice.',
    merged: 'Solutions of a ticket that was merged into another one do not count.',
    automatic:
      'What rules or the desk solve by themselves does not count. Closing a solved ticket is no second solution.',
    historical: BY_ITSELF,
    hours: ANY_HOUR,
  },
  words: () => 'Solved',
})
