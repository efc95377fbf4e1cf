import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, COUNTED_ONCE, TOGETHER } from './rules.ts'

export const volumeIn = metric(import.meta.url, {
  version: 1,
  name: 'Mails in',
  sentence: 'Mails, calls and visits of customers that came in, without spam.',
  group: 'Volume',
  unit: 'mails',
  measures: ['count'],
  dimensions: [...OF_TICKET_AND_TIME],
  reads: { message: 'at' },
  story: ['mails'],
  rules: {
    reopened: COUNTED_ONCE,
    merged: TOGETHER,
    automatic: 'Mails that machines wrote by themselves do not count.',
    historical: BY_ITSELF,
    hours: ANY_HOUR,
  },
  words: () => 'One mail of the customer',
})
