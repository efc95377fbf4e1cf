import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, EVERY_MAIL, TOGETHER } from './rules.ts'

export const volumeIn = metric(import.meta.url, {
  version: 1,
  name: 'Mails in',
  sentence:
    'Mails of customers that came in, without spam. Calls and visits are no mails: they are in «New tickets», by channel.',
  group: 'Volume',
  unit: 'mails',
  measures: ['count'],
  dimensions: [...OF_TICKET_AND_TIME],
  reads: { message: 'at' },
  story: ['mails'],
  rules: {
    reopened: EVERY_MAIL,
    merged: TOGETHER,
    automatic: 'Mails that machines wrote by themselves do not count.',
    historical: BY_ITSELF,
    hours: ANY_HOUR,
  },
  words: () => 'One mail of the customer',
})
