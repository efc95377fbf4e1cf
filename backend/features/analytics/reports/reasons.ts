import type { ReportDefinition } from './report.ts'

export const reasons: ReportDefinition = {
  id: 'reasons',
  name: 'Reason codes',
  sentence: 'Why the desk had to make something right, week on week, and with which products.',
  tables: [
    { id: 'actions', title: 'Combined actions', metric: 'actions', overTime: true, chart: 'line' },
    {
      id: 'by-reason',
      title: 'Reason codes over time',
      metric: 'actions',
      overTime: true,
      by: ['reason'],
      chart: 'stack',
    },
    { id: 'by-reason-all', title: 'Reason codes', metric: 'actions', by: ['reason'], chart: 'bar' },
    { id: 'by-product', title: 'Products', metric: 'action-lines', by: ['product'], chart: 'bar', better: 'less' },
    {
      id: 'by-product-and-reason',
      title: 'Products by reason',
      metric: 'action-lines',
      by: ['product', 'reason'],
      chart: 'none',
    },
    { id: 'steps', title: 'What was done', metric: 'action-steps', by: ['step'], chart: 'bar' },
    { id: 'by-agent', title: 'Combined actions by agent', metric: 'actions', by: ['agent'], chart: 'bar' },
    { id: 'value', title: 'Value of combined actions', metric: 'action-value', overTime: true, chart: 'line' },
    { id: 'time', title: 'Time to the end', metric: 'action-time', overTime: true, chart: 'line', better: 'less' },
    { id: 'open', title: 'Open at the end', metric: 'actions-open', overTime: true, chart: 'line', better: 'less' },
    {
      id: 'parked',
      title: 'Standing still now',
      metric: 'actions-parked',
      by: ['reason'],
      chart: 'bar',
      better: 'less',
    },
    { id: 'approvals', title: 'Approved by a second person', metric: 'approvals', by: ['agent'], chart: 'bar' },
    {
      id: 'approval-time',
      title: 'Wait for approval',
      metric: 'approval-time',
      overTime: true,
      chart: 'line',
      better: 'less',
    },
  ],
}
