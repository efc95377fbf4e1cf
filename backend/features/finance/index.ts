export { payoutPaid, periodClosed, refundMoneyDecided, shopReconciled } from './events.ts'
export { financeJobs, financeSchedule } from './jobs.ts'
export { financeRoutes } from './routes.ts'
