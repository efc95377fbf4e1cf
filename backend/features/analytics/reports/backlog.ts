import type { ReportDefinition } from './report.ts'

export const backlog: ReportDefinition = {
  id: 'backlog',
  name: 'Backlog',
  sentence: 'What is not solved at the end of each stretch of time, and whose it is.',
  tables: [
    { id: 'backlog', title: 'Backlog', metric: 'backlog', overTime: true, chart: 'line', better: 'less' },
    {
      id: 'by-priority',
      title: 'Backlog by priority',
      metric: 'backlog',
      overTime: true,
      by: ['priority'],
      chart: 'stack',
    },
    { id: 'by-category', title: 'Backlog by category', metric: 'backlog', by: ['category'], chart: 'bar' },
    { id: 'by-agent', title: 'Backlog by agent', metric: 'backlog', by: ['agent'], chart: 'bar' },
    { id: 'by-mailbox', title: 'Backlog by mailbox', metric: 'backlog', by: ['mailbox'], chart: 'bar' },
  ],
}
