import { hoursWords } from '../figures/lengths.ts'
import { metric } from './metric.ts'
import { BY_ITSELF } from './rules.ts'

export const solvedPerHour = metric(import.meta.url, {
  version: 1,
  name: 'Solved per hour worked',
  sentence: 'Times that agents solved a ticket, by the hours that they were logged in without breaks.',
  group: 'Agents',
  unit: 'times',
  measures: ['average', 'sum'],
  dimensions: ['agent', 'weekday'],
  brings: { agent: 'staff_id' },
  thing: 'Log-in',
  weighed: true,
  words: (value, weight) => (value ? 'Solved' : `${hoursWords((weight ?? 0) * 3_600)} at work`),
  story: ['moves'],
  rules: {
    reopened: 'A ticket that was opened again and solved again was solved twice.',
    merged: 'Solutions of a ticket that was merged into another one do not count.',
    automatic:
      'What is solved while nobody is logged in counts, and adds no hour. What rules or the desk solve by themselves does not count.',
    historical: BY_ITSELF,
    hours: 'Hours at work count, at any hour; those of a log-in count on the day on which it began.',
  },
})
