import type { ReportDefinition } from './report.ts'

export const agents: ReportDefinition = {
  id: 'agents',
  name: 'Agents',
  sentence: 'Who did what, how quickly, and how well it was kept.',
  tables: [
    { id: 'solved', title: 'Solved', metric: 'agent-solved', by: ['agent'], chart: 'bar', better: 'more' },
    { id: 'replies', title: 'Answers', metric: 'agent-replies', by: ['agent'], chart: 'bar', better: 'more' },
    {
      id: 'first',
      title: 'First response',
      metric: 'first-response-open',
      by: ['agent'],
      chart: 'bar',
      better: 'less',
    },
    { id: 'handle-time', title: 'Handle time', metric: 'handle-time', by: ['agent'], chart: 'bar', better: 'less' },
    { id: 'sla', title: 'SLA kept', metric: 'sla-attainment', by: ['agent'], chart: 'bar', better: 'more' },
    { id: 'reopened', title: 'Reopened', metric: 'reopen-rate', by: ['agent'], chart: 'bar', better: 'less' },
    {
      id: 'replies-over-time',
      title: 'Answers over time',
      metric: 'agent-replies',
      overTime: true,
      by: ['agent'],
      chart: 'stack',
    },
    { id: 'adherence', title: 'Adherence to shifts', metric: 'adherence', by: ['agent'], chart: 'bar', better: 'more' },
    {
      id: 'solved-per-hour',
      title: 'Solved per hour worked',
      metric: 'solved-per-hour',
      by: ['agent'],
      chart: 'bar',
      better: 'more',
    },
    { id: 'time-at-work', title: 'Time at work', metric: 'time-at-work', by: ['agent'], chart: 'bar' },
    { id: 'breaks', title: 'Breaks', metric: 'breaks', by: ['agent', 'break'], chart: 'none' },
    { id: 'breaks-over', title: 'Over a break', metric: 'breaks-over', by: ['agent'], chart: 'bar', better: 'less' },
  ],
}
