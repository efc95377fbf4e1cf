export { searchFollowers } from './following.ts'
export { fillSearchJob, searchSchedule } from './jobs.ts'
export { searchReactions } from './reactions.ts'
export { searchRoutes } from './routes.ts'
