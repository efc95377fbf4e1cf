import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, EVERY_MAIL, PEOPLE_ONLY, TOGETHER } from './rules.ts'

export const volumeOut = metric(import.meta.url, {
  version: 1,
  name: 'Mails out',
  sentence: 'Mails that people of the desk sent to customers.',
  group: 'Volume',
  unit: 'mails',
  measures: ['count'],
  dimensions: [...OF_TICKET_AND_TIME],
  reads: { message: 'at' },
  brings: { agent: 'by_id' },
  story: ['mails'],
  rules: {
    reopened: EVERY_MAIL,
    merged: TOGETHER,
    automatic: PEOPLE_ONLY,
    historical: BY_ITSELF,
    hours: ANY_HOUR,
  },
  words: () => 'One mail of the desk',
})
