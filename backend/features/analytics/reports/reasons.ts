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
    { id: 'by-product', title: 'Products', metric: 'pain-points', by: ['product'], chart: 'bar', better: 'less' },
    {
      id: 'by-product-and-reason',
      title: 'Products by reason',
      metric: 'pain-points',
      by: ['product', 'reason'],
      chart: 'none',
    },
    { id: 'by-agent', title: 'Combined actions by agent', metric: 'actions', by: ['agent'], chart: 'bar' },
  ],
}
