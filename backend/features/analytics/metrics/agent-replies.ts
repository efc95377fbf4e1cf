import { metric, OF_TICKET_AND_TIME } from './metric.ts'
import { ANY_HOUR, BY_ITSELF, EVERY_MAIL, PEOPLE_ONLY, TOGETHER } from './rules.ts'

export const agentReplies = metric(import.meta.url, {
  version: 1,
  name: 'Answers of agents',
  sentence: 'Mails to customers of which it is known who of the staff sent them.',
  group: 'Agents',
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
  words: () => 'One answer',
})
