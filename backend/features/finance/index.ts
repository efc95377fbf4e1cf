export { payoutPaid, periodClosed, refundMoneyDecided, shopReconciled } from './events.ts'
export { financeJobs, financeSchedule } from './jobs.ts'
export { financeReactions } from './reactions.ts'
export { financeRoutes } from './routes.ts'
