import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, MERGED_AWAY } from './rules.ts'

export const repeatContactRate = metric(import.meta.url, {
  version: 1,
  name: 'Repeat contact rate',
  sentence: 'Share of new tickets whose customer had begun another one in the seven days before.',
  group: 'Quality',
  unit: 'share',
  measures: ['share', 'count', 'sum'],
  dimensions: [...OF_TICKET_AND_TIME],
  withTicket: true,
  story: ['contacts'],
  rules: {
    reopened: 'A customer who writes on the same ticket again is no repeat contact; the reopen rate counts those.',
    merged: MERGED_AWAY,
    automatic: 'Spam, duplicates and what was no ticket count neither as first nor as repeated contact.',
    historical: BY_ITSELF,
    hours: `${ANY_HOUR} The seven days are seven times 24 hours.`,
  },
  words: (value) => (value === 1 ? 'The customer had written in the seven days before' : 'First in seven days'),
})
