export { countOpenOf } from './listing.ts'
export { queueRoutes } from './routes.ts'
