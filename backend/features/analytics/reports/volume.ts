import type { ReportDefinition } from './report.ts'

export const volume: ReportDefinition = {
  id: 'volume',
  name: 'Volume',
  sentence: 'How much comes in and goes out, about what, where and when.',
  tables: [
    { id: 'mails-in', title: 'Mails in', metric: 'volume-in', overTime: true, chart: 'line' },
    { id: 'mails-out', title: 'Mails out', metric: 'volume-out', overTime: true, chart: 'line' },
    { id: 'solved', title: 'Solved', metric: 'agent-solved', overTime: true, chart: 'line', better: 'more' },
    {
      id: 'by-category',
      title: 'New tickets by category',
      metric: 'new-tickets',
      overTime: true,
      by: ['category'],
      chart: 'stack',
    },
    {
      id: 'by-mailbox',
      title: 'New tickets by mailbox',
      metric: 'new-tickets',
      overTime: true,
      by: ['mailbox'],
      chart: 'stack',
    },
    { id: 'by-tag', title: 'New tickets by tag', metric: 'new-tickets', by: ['tag'], chart: 'bar' },
    { id: 'by-tier', title: 'New tickets by customer tier', metric: 'new-tickets', by: ['tier'], chart: 'bar' },
    { id: 'by-language', title: 'New tickets by language', metric: 'new-tickets', by: ['language'], chart: 'bar' },
    { id: 'when', title: 'When mails come in', metric: 'volume-in', by: ['hour', 'weekday'], chart: 'heat' },
    { id: 'spam', title: 'Marked as spam', metric: 'spam-share', overTime: true, chart: 'line', better: 'less' },
  ],
}
