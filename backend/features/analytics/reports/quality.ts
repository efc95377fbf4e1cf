import type { ReportDefinition } from './report.ts'

export const quality: ReportDefinition = {
  id: 'quality',
  name: 'Quality',
  sentence: 'Whether problems were solved once and for all, and what customers say.',
  tables: [
    {
      id: 'one-touch',
      title: 'Solved in one touch',
      metric: 'one-touch-rate',
      overTime: true,
      chart: 'line',
      better: 'more',
    },
    { id: 'reopened', title: 'Reopened', metric: 'reopen-rate', overTime: true, chart: 'line', better: 'less' },
    {
      id: 'reopened-by-category',
      title: 'Reopened by category',
      metric: 'reopen-rate',
      by: ['category'],
      chart: 'bar',
      better: 'less',
    },
    { id: 'escalated', title: 'Escalated', metric: 'escalation-rate', overTime: true, chart: 'line', better: 'less' },
    { id: 'again', title: 'Wrote again', metric: 'repeat-contact-rate', overTime: true, chart: 'line', better: 'less' },
    {
      id: 'again-by-category',
      title: 'Wrote again by category',
      metric: 'repeat-contact-rate',
      by: ['category'],
      chart: 'bar',
      better: 'less',
    },
    { id: 'score', title: 'Customer rating', metric: 'csat', overTime: true, chart: 'line', better: 'more' },
    {
      id: 'score-by-agent',
      title: 'Customer rating by agent',
      metric: 'csat',
      by: ['agent'],
      chart: 'bar',
      better: 'more',
    },
  ],
}
