export { ruleFollower } from './following.ts'
export { ruleJobs, ruleSchedule } from './jobs.ts'
export { ruleReactions } from './reactions.ts'
export { ruleRoutes } from './routes.ts'
