import type { ReportDefinition } from './report.ts'

/** Also what the dashboard shows: twelve figures fit one page. */
export const overview: ReportDefinition = {
  id: 'overview',
  name: 'Overview',
  sentence: 'How the desk does, in twelve figures.',
  tables: [
    { id: 'new', title: 'New tickets', metric: 'new-tickets', overTime: true, chart: 'line' },
    { id: 'solved', title: 'Solved', metric: 'agent-solved', overTime: true, chart: 'line', better: 'more' },
    { id: 'backlog', title: 'Backlog', metric: 'backlog', overTime: true, chart: 'line', better: 'less' },
    {
      id: 'first',
      title: 'First response',
      metric: 'first-response-open',
      overTime: true,
      chart: 'line',
      better: 'less',
    },
    { id: 'next', title: 'Next response', metric: 'next-response', overTime: true, chart: 'line', better: 'less' },
    { id: 'resolution', title: 'Resolution', metric: 'resolution-open', overTime: true, chart: 'line', better: 'less' },
    { id: 'sla', title: 'SLA kept', metric: 'sla-attainment', overTime: true, chart: 'line', better: 'more' },
    {
      id: 'one-touch',
      title: 'Solved in one touch',
      metric: 'one-touch-rate',
      overTime: true,
      chart: 'line',
      better: 'more',
    },
    { id: 'reopened', title: 'Reopened', metric: 'reopen-rate', overTime: true, chart: 'line', better: 'less' },
    { id: 'score', title: 'Customer rating', metric: 'csat', overTime: true, chart: 'line', better: 'more' },
    {
      id: 'compensation',
      title: 'Compensation',
      metric: 'compensation',
      overTime: true,
      chart: 'line',
      better: 'less',
    },
    { id: 'categories', title: 'What it is about', metric: 'new-tickets', by: ['category'], chart: 'bar' },
  ],
}
