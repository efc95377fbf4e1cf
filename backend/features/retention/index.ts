export { retentionJobs, retentionSchedule } from './jobs.ts'
export { retentionPages } from './pages/index.ts'
export { retentionRoutes } from './routes.ts'
